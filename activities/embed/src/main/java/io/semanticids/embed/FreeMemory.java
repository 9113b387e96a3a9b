package io.semanticids.embed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Says before loading whether a model's weights fit. */
final class FreeMemory {
  private static final Path MEMINFO = Path.of("/proc/meminfo");

  private FreeMemory() {}

  /**
   * What the system could hand out without swapping; {@code Long.MAX_VALUE} where it does not say.
   */
  static long bytes() {
    try {
      List<String> lines = Files.readAllLines(MEMINFO, StandardCharsets.US_ASCII);
      for (String line : lines) {
        if (line.startsWith("MemAvailable:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1_024;
        }
      }
      return Long.MAX_VALUE;
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  /**
   * Mapped weights must fit the page cache, or each batch would read them from disk; copies come on
   * top.
   */
  static void require(ProgramWeights weights, ElementType computed, long available) {
    long mapped = weights.mappedBytes();
    long copied = weights.copiedBytes(computed);
    if (mapped + copied > available || mapped + copied < 0) {
      throw new ModelException(
          "The weights need %.1f GB of memory (%.1f GB in files, %.1f GB as %s copies), but %.1f GB are available: use a larger machine%s."
              .formatted(
                  (mapped + copied) / 1e9,
                  mapped / 1e9,
                  copied / 1e9,
                  computed.text(),
                  available / 1e9,
                  copied > 0 ? ", or the precision of the checkpoint" : ""));
    }
  }
}
