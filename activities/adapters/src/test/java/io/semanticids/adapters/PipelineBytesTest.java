package io.semanticids.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.adapters.Pipeline.Built;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineBytesTest {
  private static final int[] SIZES = {6, 5, 4};

  @TempDir Path root;

  @ParameterizedTest
  @CsvSource({
    "level, true, '[true,true,true]'",
    "last, false, '[false,true,true]'",
    "prefix, true, '[true,true,true]'"
  })
  void neitherShardsNorThreadsChangeWhatARunLeavesBehind(
      String scope, boolean refit, String uniform) throws IOException {
    SmallCatalogue catalogue = SmallCatalogue.write(root);
    JsonNode switches = Json.read(uniform.getBytes(StandardCharsets.UTF_8));
    Map<String, String> expected = run(catalogue, "one", 65_536, 2, scope, refit, switches);
    assertThat(expected)
        .containsKeys(
            "semantic-ids/part-00000.parquet", "semantic-ids.jsonl", "codebook/codebook.json");
    assertThat(run(catalogue, "small", 512, 1, scope, refit, switches)).isEqualTo(expected);
    assertThat(run(catalogue, "middle", 2_048, 2, scope, refit, switches)).isEqualTo(expected);

    int[][] codes = codes(root.resolve("small"));
    assertBalanced(codes, scope, switches);
  }

  private Map<String, String> run(
      SmallCatalogue catalogue,
      String output,
      int shardRows,
      int threads,
      String scope,
      boolean refit,
      JsonNode uniform)
      throws IOException {
    try (Pipeline pipeline = Pipeline.open(root, threads)) {
      Built built =
          pipeline.build(
              catalogue.request(
                  root.resolve(output),
                  "size",
                  SIZES,
                  "uniform",
                  uniform,
                  "scope",
                  scope,
                  "refit",
                  refit,
                  "shardRows",
                  shardRows),
              "same");
      assertThat(built.published().facts().path("headline").path("items").path("train").asInt())
          .isEqualTo(SmallCatalogue.TRAIN);
    }
    // Without what says how it was cut and where it lies.
    return Pipeline.published(
        root.resolve(output).resolve("runs/same"), "request.json", "manifest.json");
  }

  /** Codes of the training rows, {@code row x level}. */
  private static int[][] codes(Path output) throws IOException {
    return Files.readAllLines(output.resolve("runs/same/semantic-ids.jsonl")).stream()
        .limit(SmallCatalogue.TRAIN)
        .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8)))
        .map(
            json -> {
              int[] path = new int[SIZES.length];
              for (int l = 0; l < path.length; l++) {
                path[l] = json.path("codes").get(l).asInt();
              }
              return path;
            })
        .toArray(int[][]::new);
  }

  private static void assertBalanced(int[][] codes, String scope, JsonNode uniform) {
    int prefixes = 1;
    for (int level = 0; level < SIZES.length; level++) {
      boolean inside =
          scope.equals("prefix") || (scope.equals("last") && level == SIZES.length - 1);
      if (uniform.get(level).asBoolean()) {
        int groups = inside ? prefixes : 1;
        int[][] loads = new int[groups][SIZES[level]];
        for (int[] path : codes) {
          loads[inside ? number(path, level) : 0][path[level]]++;
        }
        for (int[] group : loads) {
          int rows = Arrays.stream(group).sum();
          int least = rows / SIZES[level];
          assertThat(Arrays.stream(group).boxed())
              .allMatch(load -> load >= least && load <= least + 1);
        }
      }
      prefixes *= SIZES[level];
    }
  }

  private static int number(int[] path, int levels) {
    int number = 0;
    for (int l = 0; l < levels; l++) {
      number = number * SIZES[l] + path[l];
    }
    return number;
  }
}
