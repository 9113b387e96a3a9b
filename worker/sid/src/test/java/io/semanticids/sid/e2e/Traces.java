package io.semanticids.sid.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that runs leave behind: histories with their payloads, what describes them, the workers' logs
 * and caches, every object of the bucket.
 *
 * @param places each with its content as text
 */
record Traces(Map<String, String> places) {
  /** Looks at everything of a cluster. */
  static Traces of(Cluster cluster) {
    Map<String, String> places = new TreeMap<>();
    cluster
        .client()
        .listExecutions("")
        .forEach(
            run -> {
              String id = run.getExecution().getWorkflowId();
              places.put("history of " + id, cluster.histories(id).text());
              cluster.look(id);
            });
    for (int i = 0; i < cluster.descriptions().size(); i++) {
      places.put("description " + i, cluster.descriptions().get(i));
    }
    files(cluster.bucket(), places);
    for (RunningWorker worker : cluster.workers()) {
      places.put("log of " + worker.name(), worker.said());
      files(cluster.cache(worker.name()), places);
    }
    return new Traces(places);
  }

  private static void files(Path folder, Map<String, String> to) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        to.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The places that hold this text. */
  List<String> containing(String text) {
    return places.entrySet().stream()
        .filter(place -> place.getValue().contains(text) || place.getKey().contains(text))
        .map(Map.Entry::getKey)
        .toList();
  }
}
