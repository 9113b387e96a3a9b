package io.semanticids.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.OpenedRequest;
import io.semanticids.workflows.activity.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts that repeat inside a shard, across shards and in the test split. */
class EmbedTest {
  private static final int TRAIN = 1_100;
  private static final int TEST = 60;
  private static final int DISTINCT = 70;

  @TempDir Path root;

  /** Row i has text {@code i mod 50}; from row 1,000 on others appear. */
  private static int text(int row) {
    return row < 1_000 ? row % 50 : 50 + row % 20;
  }

  private Path write(String name, int first, int rows) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int row = first; row < first + rows; row++) {
      ObjectNode item = Json.object();
      item.put("id", "item-" + row);
      item.put("title", "a thing of kind %d".formatted(text(row % TRAIN)));
      lines.add(item.toString());
    }
    Path file = root.resolve(name);
    Files.write(file, lines);
    return file;
  }

  private float[] vectors(Path train, Path test, int shardRows) {
    try (Pipeline pipeline = Pipeline.open(root, 2)) {
      OpenedRequest opened =
          pipeline.open(
              Pipeline.request(
                  "dataset",
                  train.toString(),
                  "test",
                  test.toString(),
                  "output",
                  root.resolve("out-" + shardRows).toString(),
                  "shardRows",
                  shardRows),
              "run");
      Artifact items = pipeline.run(opened.context(), opened.prepare()).artifact();
      Artifact embedded =
          pipeline.run(opened.context(), new Stage.Embed(items, opened.model())).artifact();
      try (StageScope scope = pipeline.scope(opened.context(), embedded)) {
        StoredVectors stored = scope.vectors(items, embedded);
        assertThat(scope.items(items).distinct()).isEqualTo(DISTINCT);
        assertThat(stored.count()).isEqualTo(TRAIN + TEST);
        float[] all = new float[(TRAIN + TEST) * stored.dimension()];
        stored.read(0, TRAIN + TEST, all);
        return all;
      }
    }
  }

  @Test
  void equalTextsHaveOneVectorWhateverTheCut() throws IOException {
    Path train = write("train.jsonl", 0, TRAIN);
    Path test = write("test.jsonl", TRAIN, TEST);
    float[] expected = vectors(train, test, 65_536);
    assertThat(vectors(train, test, 512)).isEqualTo(expected);

    int dimension = expected.length / (TRAIN + TEST);
    for (int row : new int[] {1, 511, 512, 999, 1_050, TRAIN, TRAIN + 59}) {
      int kind = text(row % TRAIN);
      int same = kind < 50 ? kind : 1_000 + kind - 50;
      for (int other : new int[] {same, (same + 1) % 50}) {
        boolean equal = true;
        double squares = 0;
        for (int j = 0; j < dimension; j++) {
          equal &= expected[row * dimension + j] == expected[other * dimension + j];
          squares += Math.pow(expected[row * dimension + j], 2);
        }
        assertThat(equal).isEqualTo(other == same);
        assertThat(squares).isBetween(0.99, 1.01);
      }
    }
  }
}
