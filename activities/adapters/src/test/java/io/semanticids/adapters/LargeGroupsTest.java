package io.semanticids.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.adapters.Pipeline.Built;
import io.semanticids.balance.BalanceOptions;
import io.semanticids.balance.BalancedLevel;
import io.semanticids.balance.GroupCodes;
import io.semanticids.quantize.ExactSums;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.PlainArithmetic;
import io.semanticids.tensor.Progress;
import io.semanticids.workflows.activity.Level;
import io.semanticids.workflows.activity.Stage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeGroupsTest {
  private static final int SIZE = 4;
  private static final long ROW_BYTES = SmallCatalogue.DIMENSION * Float.BYTES;

  @TempDir Path root;

  @Test
  void resultsDependNeitherOnWhatIsGatheredNorOnWhatIsSideBySide() throws IOException {
    SmallCatalogue catalogue = SmallCatalogue.write(root);
    try (Pipeline pipeline = Pipeline.open(root, 2)) {
      Built built =
          pipeline.build(
              catalogue.request(
                  root.resolve("out"),
                  "size",
                  new int[] {6, SIZE},
                  "uniform",
                  new boolean[] {false, true},
                  "scope",
                  "prefix"),
              "large");
      List<Level> previous = built.after().subList(0, 1);
      Stage.Shuffle stage = new Stage.Shuffle(built.items(), built.vectors(), previous);
      try (StageScope scope =
          pipeline.scope(built.request().context(), built.after().get(1).codewords())) {
        SortedRows rows =
            SortedRows.open(scope, stage, new ShuffleExecutor(), 0, 6, 0, Progress.NONE);
        BalancedLevel start = LevelFiles.level(scope, built.after().get(1).codewords());
        int[] counts = IntStream.range(0, 6).map(rows::count).sorted().toArray();
        assertThat(counts[0]).isPositive();
        Result gathered = balance(rows, start, 1, LargeGroups.GATHERED_BYTES);
        // Some above the bound and some below; none gathered; and more groups than threads.
        assertThat(balance(rows, start, 1, counts[3] * ROW_BYTES)).isEqualTo(gathered);
        assertThat(balance(rows, start, 1, 0)).isEqualTo(gathered);
        assertThat(balance(rows, start, 4, counts[2] * ROW_BYTES)).isEqualTo(gathered);
        assertThat(balance(rows, start, 16, LargeGroups.GATHERED_BYTES)).isEqualTo(gathered);
      }
    }
  }

  /** Everything that comes of it, comparable. */
  private record Result(List<String> groups, String sums) {}

  private static Result balance(
      SortedRows rows, BalancedLevel start, int threads, long gatheredBytes) throws IOException {
    GroupCodes[] codes = new GroupCodes[rows.groups()];
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Arithmetic arithmetic = new PlainArithmetic(threads);
        DataOutputStream out = new DataOutputStream(bytes)) {
      new LargeGroups(rows, start, arithmetic, gatheredBytes, Progress.NONE)
          .balance(
              IntStream.range(0, codes.length).toArray(),
              BalanceOptions.of(SIZE, 1),
              true,
              codes,
              () -> new ExactSums(SIZE, SmallCatalogue.DIMENSION, start.maxRowNorm()))
          .write(out);
    }
    return new Result(
        Arrays.stream(codes)
            .map(
                group ->
                    Arrays.toString(group.codes())
                        + Arrays.toString(group.potentials().values())
                        + group.cost())
            .toList(),
        Arrays.toString(bytes.toByteArray()));
  }

  @Test
  void whatAProblemLeavesGoesToTheOthers() {
    try (Arithmetic arithmetic = new PlainArithmetic(5)) {
      SharedThreads threads = new SharedThreads(arithmetic, 3);
      assertThat(threads.threads()).isEqualTo(1);
      threads.leave();
      assertThat(threads.threads()).isEqualTo(2);
      threads.leave();
      assertThat(threads.threads()).isEqualTo(5);
      threads.leave();
      assertThat(threads.threads()).isEqualTo(5);
      assertThat(threads.deviceClass()).isEqualTo(arithmetic.deviceClass());
    }
  }
}
