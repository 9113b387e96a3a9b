package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.sid.e2e.Histories.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Runs of one request over one small catalogue of texts, all stages in it: one that nobody
 * disturbs, and those that must come to the same. Each has an output folder of its name.
 */
final class FailureRuns {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UNDISTURBED = "undisturbed";

  /** Three shards of 512 rows at most. */
  private static final int ROWS = 1_100;

  /** Texts that differ, in each hundred rows: embedding is not what is tested. */
  private static final int DISTINCT = 30;

  private final Cluster cluster;
  private final Path items;
  private final List<String> table = new ArrayList<>();

  FailureRuns(Cluster cluster) {
    this.cluster = cluster;
    items =
        Work.write(cluster.folder().resolve("items.jsonl"), Inputs.lines(ROWS, FailureRuns::item));
  }

  private static String item(int row) {
    int text = row / 100 * DISTINCT + row % DISTINCT;
    return "{\"id\": \"%d\", \"title\": \"%s number %d\", \"group\": \"%d\"}"
        .formatted(row, text % 2 == 0 ? "Lamp" : "Blue kettle", text, text / 3);
  }

  /** The run that nobody disturbs. */
  void undisturbed() {
    start(UNDISTURBED);
    cluster.result(UNDISTURBED);
    assertThat(retried(cluster.histories(UNDISTURBED))).isEmpty();
  }

  /** Starts a run, on a catalogue of its own. */
  void start(String name) {
    putItems(name);
    again(name);
  }

  /** Starts a run once more. */
  void again(String name) {
    ObjectNode request = JSON.createObjectNode();
    request.put("dataset", "s3://sid/" + dataset(name)).put("output", "s3://sid/" + name);
    request.putArray("size").add(16).add(8);
    request.put("uniform", true).put("scope", "last").put("group", "group");
    cluster.run(name, request.put("maxTokens", 8).put("shardRows", 512));
  }

  /** Puts the catalogue of a run where it looks for it. */
  void putItems(String name) {
    cluster.put(items, dataset(name));
  }

  /** Takes it away. */
  void removeItems(String name) {
    try {
      Files.delete(cluster.bucket().resolve(dataset(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String dataset(String name) {
    return "data/" + name + ".jsonl";
  }

  /** Starts a run and waits until this request of it to the store is held. */
  Disturbed strike(String name, Fault.Kind kind, String method, String object) {
    Fault fault = cluster.proxy().add(new Fault(kind, method + " /sid/" + name + "/.*" + object));
    start(name);
    RunningWorker worker = cluster.worker(fault);
    Instant now = Instant.now();
    cluster.look(name);
    return new Disturbed(name, fault, worker, now);
  }

  /**
   * A run that something happens to.
   *
   * @param worker whose request is held
   * @param at since when
   */
  record Disturbed(String name, Fault fault, RunningWorker worker, Instant at) {}

  private static List<Task> retried(Histories histories) {
    return histories.tasks().stream().filter(Task::retried).toList();
  }

  /**
   * Waits for a run, checks that it is the undisturbed one's twin and that no more than the shards
   * in flight were done again, and notes it in the table.
   *
   * @param fault when it was disturbed
   * @param inFlight shards that were computed at that moment, at most
   * @param explanation of how long it took to go on
   * @return activities that were tried more than once
   */
  List<Task> same(String name, Instant fault, int inFlight, String explanation) {
    assertThat(cluster.result(name).path("output").asText()).endsWith("/runs/" + name);
    Histories histories = cluster.histories(name);
    List<Task> retried = retried(histories);
    int redone = retried.stream().mapToInt(Task::computed).sum();
    Instant resumed =
        retried.stream()
            .map(Task::started)
            .min(Comparator.naturalOrder())
            .orElseGet(() -> histories.firstAfter(fault));
    Map<String, String> expected = content(UNDISTURBED);
    Map<String, String> actual = content(name);
    table.add(
        "%-28s %7d %9.1f s   %-9s  %s%s"
            .formatted(
                name,
                redone,
                Duration.between(fault, resumed).toMillis() / 1e3,
                actual.equals(expected) ? "yes" : "NO",
                explanation,
                retried.isEmpty() ? "" : ": %.100s".formatted(retried.get(0).lastFailure())));
    assertThat(different(expected, actual)).as("objects that differ").isEmpty();
    assertThat(redone).as("shards done again").isLessThanOrEqualTo(inFlight);
    return retried;
  }

  /** Prints what {@link #same} noted. */
  void print(String title) {
    System.out.printf(
        "%n%s%n%-28s %7s %11s   %-9s  %s%n",
        title, "scenario", "redone", "resumed", "identical", "explained by");
    table.forEach(System.out::println);
  }

  /**
   * What a run has made, without what may differ: its name, timings, and the names of data objects,
   * which are each attempt's own.
   */
  private Map<String, String> content(String name) {
    Path output = cluster.bucket().resolve(name);
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String path = output.relativize(file).toString();
        if (path.startsWith("runs/") && !path.endsWith("timings.json")) {
          content.put(path.replace(name, UNDISTURBED), published(file, name));
        } else if (path.matches("artifacts/(?!publish/).*/part-\\d+\\.json")) {
          content.put(path, data(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return content;
  }

  private static Set<String> different(Map<String, String> one, Map<String, String> other) {
    Set<String> names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    names.removeIf(object -> Objects.equals(one.get(object), other.get(object)));
    return names;
  }

  private static String published(Path file, String name) throws IOException {
    String content =
        file.endsWith("manifest.json")
            ? manifest(file).toPrettyString()
            : file.endsWith("request.json")
                ? request(file).toPrettyString()
                : Files.readString(file, StandardCharsets.ISO_8859_1);
    return file.toString().matches(".*\\.(json|html)")
        ? content.replace(name, UNDISTURBED)
        : Work.sha256(content.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Without the checksum of the page, which names the run; all checksums are right. */
  private static JsonNode manifest(Path file) throws IOException {
    JsonNode manifest = JSON.readTree(file.toFile());
    for (JsonNode object : manifest.path("objects")) {
      String name = object.path("name").asText();
      assertThat(object.path("sha256").asText())
          .as(name)
          .isEqualTo(Work.sha256(Files.readAllBytes(file.resolveSibling(name))));
      if (name.equals("report.html")) {
        ((ObjectNode) object).remove(List.of("bytes", "sha256"));
      }
    }
    return manifest;
  }

  /** Without the fingerprint of the rest. */
  private static JsonNode request(Path file) throws IOException {
    ObjectNode request = (ObjectNode) JSON.readTree(file.toFile());
    return request.without("fingerprint");
  }

  /** The checksum of a part, which its marker names; the data must have it. */
  private static String data(Path marker) throws IOException {
    JsonNode part = JSON.readTree(marker.toFile());
    String sha256 = part.path("sha256").asText();
    assertThat(Work.sha256(Files.readAllBytes(marker.resolveSibling(part.path("object").asText()))))
        .as(marker.toString())
        .isEqualTo(sha256);
    return sha256;
  }
}
