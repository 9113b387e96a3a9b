package io.semanticids.sid.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A server of {@code infra/dev}, in a process of its own, with ports of its own.
 *
 * @param script of infra/dev that starts and stops it
 * @param folder its data
 * @param ports what the script is told
 */
record DevServer(String script, Path folder, Map<String, String> ports) {
  private static final Path SCRIPTS = Path.of("../../infra/dev").toAbsolutePath().normalize();

  static DevServer temporal(Path folder) {
    return new DevServer(
        "temporal.sh",
        folder,
        Map.of("SID_TEMPORAL_PORT", freePort(), "SID_TEMPORAL_UI_PORT", freePort()));
  }

  static DevServer s3(Path folder) {
    return new DevServer("s3.sh", folder, Map.of("SID_S3_PORT", freePort()));
  }

  static String freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it, again after it was killed, and returns the environment that it prints. */
  Map<String, String> start() {
    Map<String, String> environment = new LinkedHashMap<>();
    call("start")
        .lines()
        .filter(line -> line.startsWith("export "))
        .map(line -> line.substring("export ".length()).split("=", 2))
        .forEach(assignment -> environment.put(assignment[0], assignment[1]));
    return environment;
  }

  /** {@code kill -9}. */
  void kill() {
    try {
      long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
      ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
      process.destroyForcibly();
      process.onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void stop() {
    call("stop");
  }

  private String call(String command) {
    try {
      Path said = Files.createTempFile("dev-server-", ".out");
      ProcessBuilder builder =
          new ProcessBuilder(SCRIPTS.resolve(script).toString(), command, folder.toString())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile());
      builder.environment().putAll(ports);
      int exitCode = builder.start().waitFor();
      String output = Files.readString(said);
      Files.delete(said);
      if (exitCode != 0) {
        throw new AssertionError(script + " " + command + " failed: " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
