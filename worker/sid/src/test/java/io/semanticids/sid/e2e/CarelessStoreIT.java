package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A store that lets a second creator overwrite, as some do: it is found out when a worker or a run
 * in one process starts, before anything is computed.
 */
class CarelessStoreIT {
  private final Set<String> objects = ConcurrentHashMap.newKeySet();
  private final AtomicInteger puts = new AtomicInteger();
  private HttpServer store;

  @BeforeEach
  void start() throws IOException {
    store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    store.createContext("/", this::answer);
    store.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String object = exchange.getRequestURI().getPath();
      switch (exchange.getRequestMethod()) {
        case "PUT" -> {
          puts.incrementAndGet();
          objects.add(object);
          exchange.sendResponseHeaders(200, -1);
        }
        case "DELETE" -> {
          objects.remove(object);
          exchange.sendResponseHeaders(204, -1);
        }
        default -> exchange.sendResponseHeaders(501, -1);
      }
    }
  }

  @AfterEach
  void stop() {
    store.stop(0);
  }

  private Program program(String name) {
    return Program.in(Work.folder("careless-store-" + name))
        .brief()
        .with("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + store.getAddress().getPort())
        .with("AWS_ACCESS_KEY_ID", "key")
        .with("AWS_SECRET_ACCESS_KEY", "secret");
  }

  @Test
  void workerThatCannotTrustItsStoreDoesNotStart() {
    Outcome outcome = program("worker").run("worker", "--root", "s3://careless/sid/");
    assertThat(outcome.err()).hasLineCount(1);
    refused(outcome);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "sweep"})
  void runThatCannotTrustItsStoreDoesNotStart(String command) {
    Program program = program(command);
    Inputs.vectors(40, 4, 3).write(program.folder().resolve("v.npy"));
    List<String> arguments =
        new ArrayList<>(List.of(command, "v.npy", "--output", "s3://careless/sid/"));
    if (command.equals("sweep")) {
      arguments.addAll(List.of("--vary", "size=2"));
    }
    refused(program.run(arguments.toArray(String[]::new)));
  }

  /** A plan only reads: it comes to its end, or to the store's own answer, without a put. */
  @Test
  void planWritesNothing() {
    Program program = program("plan");
    Inputs.vectors(40, 4, 3).write(program.folder().resolve("v.npy"));
    program.run("plan", "v.npy", "--output", "s3://careless/sid/", "--set", "size=2").succeeded();
    assertThat(puts).hasValue(0);
  }

  private void refused(Outcome outcome) {
    assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(Refusal.FAILED);
    assertThat(outcome.err())
        .contains("s3://careless/sid")
        .contains("ignores If-None-Match")
        .contains("Use a store that honours it");
    assertThat(objects).as("what the probe leaves behind").isEmpty();
  }
}
