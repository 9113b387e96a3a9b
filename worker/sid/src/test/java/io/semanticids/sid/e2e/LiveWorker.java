package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.sid.BrokenDevice;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real {@code sid worker}, in a process of its own. */
final class LiveWorker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Process process;
  private final Path err;

  private LiveWorker(Process process, Path err) {
    this.process = process;
    this.err = err;
  }

  /**
   * Starts one and waits until it polls.
   *
   * @param program with the environment that names the server
   * @param name of the file with what it says
   * @param arguments without {@code worker}
   */
  static LiveWorker start(Program program, String name, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("worker"));
    all.addAll(List.of(arguments));
    Path err = program.folder().resolve(name + ".err");
    return polling(
        program.start(program.folder().resolve(name + ".out"), err, all.toArray(String[]::new)),
        err);
  }

  /**
   * The same on a device that breaks when it is used. The real script starts it, so that it is of
   * the same device class; what the script names after its options becomes arguments.
   */
  static LiveWorker onBrokenDevice(Program program, String root) throws Exception {
    Path classes =
        Path.of(BrokenDevice.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path err = program.folder().resolve("broken.err");
    Process process =
        program
            .with(
                "SID_JAVA_OPTS",
                "-cp %s:%s/* %s"
                    .formatted(classes, Program.library(), BrokenDevice.class.getName()))
            .start(
                program.folder().resolve("broken.out"),
                err,
                root,
                program.folder().resolve("broken-cache").toString());
    return polling(process, err);
  }

  private static LiveWorker polling(Process process, Path err) throws Exception {
    LiveWorker worker = new LiveWorker(process, err);
    worker.said("sid worker: polling ");
    return worker;
  }

  /** Waits until it has said this, and returns the rest of the line. */
  String said(String beginning) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      // Read first: what a process says last is there once it has ended.
      boolean alive = process.isAlive();
      int at = log().indexOf(beginning);
      if (at >= 0) {
        return log().substring(at + beginning.length()).lines().findFirst().orElse("");
      }
      if (!alive) {
        break;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("The worker has not said '%s': %s".formatted(beginning, log()));
  }

  /** All that it has said on stderr. */
  String log() throws IOException {
    return Files.readString(err);
  }

  /** Asks its health server. */
  HttpResponse<String> get(String path) throws Exception {
    String line = said("health ");
    URI health = URI.create(line.substring(0, line.indexOf(',')));
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(health.resolve(path)).timeout(PATIENCE).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Waits until it has ended; returns its exit code. */
  int exitCode() throws Exception {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as("the worker has ended: %s", log())
        .isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
