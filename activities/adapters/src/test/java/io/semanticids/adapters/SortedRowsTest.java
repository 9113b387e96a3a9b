package io.semanticids.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.adapters.Pipeline.Built;
import io.semanticids.quantize.GatheredRows;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import io.semanticids.workflows.activity.Level;
import io.semanticids.workflows.activity.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SortedRowsTest {
  private static final int[] SIZES = {6, 5, 4};

  /**
   * A hundred rows and a few bytes: units of 512 rows have several pieces, the last of them short.
   */
  private static final long PIECE_BYTES = 100 * SmallCatalogue.DIMENSION * Float.BYTES + 3;

  @TempDir Path root;

  @Test
  void givesTheRowsOfEachPrefixInOrderAndIsGoneInTheEnd() throws IOException {
    SmallCatalogue catalogue = SmallCatalogue.write(root);
    try (Pipeline pipeline = Pipeline.open(root, 2)) {
      Built built =
          pipeline.build(
              catalogue.request(
                  root.resolve("out"),
                  "size",
                  SIZES,
                  "uniform",
                  true,
                  "scope",
                  "prefix",
                  "shardRows",
                  512),
              "sorted");
      Path folder = root.resolve("out/artifacts/shuffle");
      assertThat(files(folder)).isEmpty();

      List<Level> previous = built.after().subList(0, 2);
      Stage.Shuffle stage = new Stage.Shuffle(built.items(), built.vectors(), previous);
      ShuffleExecutor shuffle = new ShuffleExecutor(PIECE_BYTES);
      try (StageScope scope =
          pipeline.scope(built.request().context(), built.after().get(2).codewords())) {
        LevelRows all = LevelRows.of(scope, built.items(), built.vectors(), previous);
        int[] prefixes =
            Prefixes.of(LevelFiles.codewords(scope, previous))
                .read(
                    StoredCodes.of(scope, built.items(), previous),
                    0,
                    Math.toIntExact(all.trainRows()));
        assertThat(read(scope, stage, shuffle, 0, 11, all.rows(), prefixes)).isPositive();
        // As after the death of a process: one unit is not there.
        assertThat(files(folder)).hasSizeGreaterThan(2 * 2 * 9);
        scope.folder(shuffle.artifact(stage)).deleteParts(1);
        assertThat(read(scope, stage, shuffle, 11, 30, all.rows(), prefixes)).isPositive();
        shuffle.delete(scope, stage);
        assertThat(files(folder)).isEmpty();
      }
    }
  }

  /** Reads prefixes {@code [from, to)} and compares; how many rows they have. */
  private static int read(
      StageScope scope,
      Stage.Shuffle stage,
      ShuffleExecutor shuffle,
      int from,
      int to,
      Rows all,
      int[] prefixes) {
    SortedRows sorted = SortedRows.open(scope, stage, shuffle, from, to, 4, Progress.NONE);
    assertThat(sorted.groups()).isEqualTo(to - from);
    int total = 0;
    for (int g = 0; g < sorted.groups(); g++) {
      int prefix = from + g;
      long[] expected =
          IntStream.range(0, prefixes.length)
              .filter(row -> prefixes[row] == prefix)
              .asLongStream()
              .toArray();
      assertThat(sorted.numbers(g)).containsExactly(expected);
      assertThat(sorted.count(g)).isEqualTo(expected.length);
      int count = expected.length;
      assertThat(values(sorted.rows(g), 0, count))
          .containsExactly(values(new GatheredRows(all, expected), 0, count));
      int some = Math.min(1, count);
      assertThat(values(sorted.rows(g), some, count - some))
          .containsExactly(values(new GatheredRows(all, expected), some, count - some));
      float[] room = new float[(count + 3) * all.dimension()];
      assertThat(values(sorted.gather(g, 2, room), some, count - some))
          .containsExactly(values(sorted.rows(g), some, count - some));
      assertThat(sorted.gather(g, 2, room).count()).isEqualTo(count);
      total += count;
    }
    float[] together = new float[total * all.dimension()];
    sorted.read(0, sorted.groups(), together);
    int at = 0;
    for (int g = 0; g < sorted.groups(); g++) {
      float[] own = values(sorted.rows(g), 0, sorted.count(g));
      for (float value : own) {
        assertThat(together[at++]).isEqualTo(value);
      }
    }
    return total;
  }

  private static float[] values(Rows rows, int first, int count) {
    float[] values = new float[count * rows.dimension()];
    rows.read(first, count, values);
    return values;
  }

  private static List<Path> files(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).toList();
    }
  }
}
