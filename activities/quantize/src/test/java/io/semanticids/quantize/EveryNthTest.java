package io.semanticids.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semanticids.tensor.Rows;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EveryNthTest {
  @ParameterizedTest
  @CsvSource({"10,0,1", "10,3,1", "10,0,4", "10,1,4", "10,3,4", "12,3,4", "5,4,7"})
  void readsTheRowsInBetweenOut(int count, int first, int step) {
    float[] values = new float[2 * count];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    EveryNth some = new EveryNth(Rows.of(values, 2), first, step);
    assertThat(some.count()).isEqualTo((count - 1 - first) / step + 1);
    for (int from = 0; from <= some.count(); from++) {
      int length = (int) some.count() - from;
      float[] read = new float[2 * length];
      some.read(from, length, read);
      for (int i = 0; i < length; i++) {
        int number = first + (from + i) * step;
        assertThat(some.number(from + i)).isEqualTo(number);
        assertThat(read[2 * i]).isEqualTo(2f * number);
        assertThat(read[2 * i + 1]).isEqualTo(2f * number + 1);
      }
    }
    assertThatThrownBy(() -> some.read(some.count(), 1, new float[2]))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
