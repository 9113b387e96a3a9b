package io.semanticids.sid.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A {@code sid worker}, a process of its own.
 *
 * @param name of this test's
 * @param log what it says
 */
record RunningWorker(String name, Process process, Path log) {
  /** {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
    await();
  }

  /** Sends a signal such as {@code STOP}. */
  void signal(String signal) {
    try {
      int exitCode =
          new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      if (exitCode != 0) {
        throw new AssertionError("kill -" + signal + " of " + name + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until the process has ended. */
  int await() {
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        throw new AssertionError(name + " goes on and on: " + said());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Whether the server knows a worker by this identity: the process's number comes first. */
  boolean is(String identity) {
    return identity.startsWith(process.pid() + "@");
  }

  String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
