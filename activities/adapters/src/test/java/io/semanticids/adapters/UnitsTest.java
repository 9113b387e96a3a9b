package io.semanticids.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.adapters.Items.ItemShardInfo;
import io.semanticids.adapters.Units.RowRange;
import io.semanticids.catalogue.SampleVectors;
import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.OpenedRequest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
  @TempDir Path root;

  @ParameterizedTest
  @CsvSource({"300, 1", "512, 1", "1500, 3", "16384, 4", "1048575, 4", "1400000, 5"})
  void unitsOfAReductionAreWholeShardsAndCoverTrainingRowsOnce(int rows, int units)
      throws IOException {
    Path train = root.resolve("train.npy");
    Path test = root.resolve("test.npy");
    SampleVectors.write(rows, 2, 1, train, SampleVectors.Precision.FLOAT32, 1);
    SampleVectors.write(700, 2, 2, test, SampleVectors.Precision.FLOAT32, 1);
    try (Pipeline pipeline = Pipeline.open(root, 1)) {
      OpenedRequest opened =
          pipeline.open(
              Pipeline.request(
                  "dataset", train.toString(), "test", test.toString(), "shardRows", 512),
              "run");
      Artifact artifact = pipeline.run(opened.context(), opened.prepare()).artifact();
      try (StageScope scope = pipeline.scope(opened.context(), artifact)) {
        Items items = scope.items(artifact);
        assertThat(Units.reduced(items)).isEqualTo(units);
        long next = 0;
        for (int unit = 0; unit < units; unit++) {
          RowRange range = Units.rows(items, unit);
          assertThat(range.first()).isEqualTo(next);
          assertThat(range.count()).isPositive();
          assertThat(range.first() % 512).isZero();
          next += range.count();
        }
        assertThat(next).isEqualTo(rows).isEqualTo(items.trainRows());
        for (long row : new long[] {0, rows - 1, rows, rows + 699}) {
          ItemShardInfo shard = items.shardOf(row);
          assertThat(row).isBetween(shard.firstRow(), shard.firstRow() + shard.rows() - 1);
          assertThat(shard.test()).isEqualTo(row >= rows);
        }
      }
    }
  }
}
