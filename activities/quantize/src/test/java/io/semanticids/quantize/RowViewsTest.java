package io.semanticids.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.PlainArithmetic;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowViewsTest {
  private static final Rows ROWS = Rows.of(new float[] {0, 1, 10, 11, 20, 21, 30, 31, 40, 41}, 2);

  @Test
  void gathersRunsAndSingleRows() {
    Rows gathered = new GatheredRows(ROWS, new long[] {4, 0, 1, 2, 2});
    float[] target = new float[12];
    gathered.read(1, 4, target);
    assertThat(target).containsExactly(0, 1, 10, 11, 20, 21, 20, 21, 0, 0, 0, 0);
    assertThat(gathered.count()).isEqualTo(5);
    float[] copied = new float[2];
    GatheredRows.copy(gathered, new PlainArithmetic(2), Progress.NONE).read(0, 1, copied);
    assertThat(copied).containsExactly(40, 41);
  }

  @Test
  void rowsMayFillABeginningOfTheirArray() {
    float[] values = {0, 1, 10, 11, 20, 21};
    Rows rows = Rows.of(values, 2, 2);
    assertThat(rows.count()).isEqualTo(2);
    assertThatThrownBy(() -> rows.read(1, 2, new float[4]))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Rows.of(values, 4, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("4 rows of dimension 2 do not fit an array of 6 values.");
  }

  @Test
  void refusesRowsThatAreNotThere() {
    assertThatThrownBy(() -> new GatheredRows(ROWS, new long[] {5}))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void residualsAndReconstructionsAddUpToTheRows() {
    List<Codewords> levels =
        List.of(
            new Codewords(new float[] {1, 2, 3, 4}, 2, 2),
            new Codewords(new float[] {5, 6, 7, 8, 9, 10}, 3, 2));
    int[][] codes = {{0, 1, 0, 1, 0}, {2, 1, 0, 1, 2}};
    float[] residuals = new float[6];
    new Residuals(ROWS, levels, CodeReader.of(codes, 0)).read(1, 3, residuals);
    float[] sums = new float[6];
    Reconstruction.of(levels, codes, 1, 3, sums);
    for (int i = 0; i < sums.length; i++) {
      sums[i] += residuals[i];
    }
    assertThat(sums).containsExactly(10, 11, 20, 21, 30, 31);
    assertThat(Arrays.copyOf(residuals, 2)).containsExactly(10 - 3 - 7, 11 - 4 - 8);
  }
}
