package io.semanticids.sid.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The real {@code bin/sid} of the distribution. Immutable.
 *
 * @param folder the processes' working folder
 * @param environment set on top of this process's own
 * @param prefix what starts it, such as {@code setpriv}; usually nothing
 */
record Program(Path folder, Map<String, String> environment, List<String> prefix) {
  private static final Path SCRIPT =
      Path.of(System.getProperty("sid.distribution", "../target/sid"), "bin", "sid")
          .toAbsolutePath()
          .normalize();

  /** Far more than any run here needs, on a machine that is busy with other things as well. */
  private static final Duration LIMIT = Duration.ofMinutes(15);

  Program {
    environment = Map.copyOf(environment);
    prefix = List.copyOf(prefix);
  }

  /** The folder of the distribution's jars. */
  static Path library() {
    return SCRIPT.getParent().resolveSibling("lib");
  }

  /** The program on this process's own Java, working in a folder. */
  static Program in(Path folder) {
    if (!Files.isExecutable(SCRIPT)) {
      throw new IllegalStateException(
          SCRIPT + " is not there: mvn package makes it; -Dsid.distribution names another.");
    }
    return new Program(folder, Map.of("JAVA_HOME", System.getProperty("java.home")), List.of());
  }

  Program with(String variable, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(variable, value);
    return new Program(folder, more, prefix);
  }

  /** For short runs on little data: nothing is compiled for long. */
  Program brief() {
    return with("SID_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
  }

  Program startedBy(String... command) {
    return new Program(folder, environment, List.of(command));
  }

  /** Starts a command and leaves it running; what it says goes to the two files. */
  Process start(Path out, Path err, String... arguments) {
    ProcessBuilder builder =
        new ProcessBuilder(command(arguments))
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command to its end. */
  Outcome run(String... arguments) {
    return run(LIMIT, arguments);
  }

  /** Runs a command that must end within a time. */
  Outcome run(Duration limit, String... arguments) {
    try {
      Path out = Files.createTempFile("sid-", ".out");
      Path err = Files.createTempFile("sid-", ".err");
      long begun = System.nanoTime();
      Process process = start(out, err, arguments);
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      Duration time = Duration.ofNanos(System.nanoTime() - begun);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      Outcome outcome =
          new Outcome(
              command(arguments),
              process.exitValue(),
              Files.readString(out),
              Files.readString(err),
              time);
      Files.delete(out);
      Files.delete(err);
      if (!ended) {
        throw new AssertionError("still running after " + limit.toSeconds() + " s: " + outcome);
      }
      return outcome;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(SCRIPT.toString());
    command.addAll(List.of(arguments));
    return command;
  }
}
