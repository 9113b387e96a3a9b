package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The same products in one process, and on real servers with one worker and with four: the same
 * codes and codebooks.
 *
 * <p>{@code SID_TEST_PRODUCTS}: how many of them, a few by default; all 3,459 take minutes.
 */
class DeploymentsIT {
  private static final Path ALL =
      Path.of("../../../shared/data/office-products.jsonl").toAbsolutePath().normalize();

  private static final int PRODUCTS =
      Optional.ofNullable(System.getenv("SID_TEST_PRODUCTS")).map(Integer::valueOf).orElse(600);

  private static final List<Integer> SIZES = List.of(64, 16, 8);

  @Test
  void sameCodesAndCodebooks() throws IOException {
    assumeTrue(Cluster.possible(), "no servers: infra/dev/dev.sh start FOLDER starts some");
    try (Cluster cluster = Cluster.start("deployments")) {
      Path products = products(cluster.folder());
      Map<String, String> embedded = published(embedded(cluster.folder(), products));
      assertThat(embedded).containsKeys("semantic-ids.jsonl", "codebook/centroids-3.npy");

      cluster.put(products, "products.jsonl");
      RunningWorker only = cluster.worker("all");
      assertThat(onServers(cluster, "one-worker")).isEqualTo(embedded);

      only.signal("TERM");
      assertThat(only.await()).isEqualTo(143);
      List.of("cpu", "cpu", "gpu", "gpu").forEach(cluster::worker);
      assertThat(onServers(cluster, "four-workers")).isEqualTo(embedded);
    }
  }

  private static Path products(Path folder) throws IOException {
    Path products = folder.resolve("products.jsonl");
    if (Files.exists(ALL)) {
      List<String> lines = Files.readAllLines(ALL);
      return Files.write(products, lines.subList(0, Math.min(PRODUCTS, lines.size())));
    }
    Program.in(folder)
        .run("sample", "--items", "" + PRODUCTS, "--output", products.toString())
        .succeeded();
    return products;
  }

  private static int maxTokens() {
    // What the model takes; for a few products in passing, fewer.
    return PRODUCTS > 1_000 ? 256 : 16;
  }

  private static Published embedded(Path folder, Path products) {
    List<String> command = new ArrayList<>(List.of("run", products.toString(), "--output", "out"));
    command.addAll(List.of("--set", "size=64,16,8", "--set", "uniform=true"));
    command.addAll(List.of("--set", "shardRows=512", "--set", "maxTokens=" + maxTokens()));
    return timed(Published.of(Program.in(folder).run(command.toArray(String[]::new))));
  }

  private static Map<String, String> onServers(Cluster cluster, String name) {
    ObjectNode request = new ObjectMapper().createObjectNode();
    request.put("dataset", "s3://sid/products.jsonl").put("output", "s3://sid/" + name);
    SIZES.forEach(request.putArray("size")::add);
    request.put("uniform", true).put("shardRows", 512).put("maxTokens", maxTokens());
    cluster.run(name, request);
    cluster.result(name);
    return published(timed(Published.only(cluster.bucket().resolve(name))));
  }

  private static Published timed(Published run) {
    System.out.printf("%s: %s%n", run.folder().getFileName(), run.json("timings.json"));
    return run;
  }

  /** The page names the dataset. */
  private static Map<String, String> published(Published run) {
    Map<String, String> content = run.sameEverywhere();
    content.remove("report.html");
    return content;
  }
}
