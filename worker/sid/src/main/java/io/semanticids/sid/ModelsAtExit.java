package io.semanticids.sid;

import io.semanticids.embed.TextEmbedders;

/** Lets models come to the end of a batch when a signal ends the program. */
final class ModelsAtExit {
  private ModelsAtExit() {}

  /** For commands that have nothing else to wait for; {@code sid worker} drains first. */
  static void awaitBatches() {
    Runtime.getRuntime().addShutdownHook(new Thread(TextEmbedders::endProcess, "models end"));
  }
}
