package io.semanticids.sid;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a process holds in memory, as Linux counts it.
 *
 * @param own bytes of its own: heap, native memory
 * @param files bytes of mapped files, which other processes share and the system may drop: weights
 */
record ProcessMemory(long own, long files) {
  /** This process; zeros where the system does not say. */
  static ProcessMemory now() {
    try {
      return of(Files.readAllLines(Path.of("/proc/self/status")));
    } catch (IOException e) {
      return new ProcessMemory(0, 0);
    }
  }

  static ProcessMemory of(List<String> status) {
    return new ProcessMemory(bytes(status, "RssAnon:"), bytes(status, "RssFile:"));
  }

  private static long bytes(List<String> status, String key) {
    return status.stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
        .findFirst()
        .orElse(0);
  }

  /** For example {@code 0.61 GB of its own, 1.30 GB of mapped files}. */
  String text() {
    return String.format(
        Locale.ROOT, "%.2f GB of its own, %.2f GB of mapped files", own / 1e9, files / 1e9);
  }
}
