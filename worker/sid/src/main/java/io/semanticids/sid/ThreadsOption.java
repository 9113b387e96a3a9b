package io.semanticids.sid;

import picocli.CommandLine.Option;

/** How many threads compute. */
final class ThreadsOption {
  @Option(
      names = "--threads",
      converter = Count.class,
      paramLabel = "N",
      description =
          "Threads that compute; never changes a result. Default: the processors there are.")
  private int threads = Runtime.getRuntime().availableProcessors();

  int count() {
    return threads;
  }
}
