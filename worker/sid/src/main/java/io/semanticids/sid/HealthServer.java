package io.semanticids.sid;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Answers a worker's supervisor: {@code /health} (the process lives), {@code /ready} (it polls and
 * takes work; 503 otherwise) and {@code /metrics} (Prometheus text).
 */
final class HealthServer implements AutoCloseable {
  private final HttpServer server;

  private HealthServer(HttpServer server) {
    this.server = server;
  }

  static HealthServer start(
      InetSocketAddress address, BooleanSupplier ready, Supplier<String> metrics) {
    HttpServer server;
    try {
      server = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new SidException(
          ExitCode.FAILED,
          "cannot listen on %s: %s%nChoose another --listen HOST:PORT; port 0 takes any free one."
              .formatted(address, e.getMessage()),
          e);
    }
    server.createContext("/health", exchange -> answer(exchange, 200, "alive\n"));
    server.createContext(
        "/ready",
        exchange -> {
          boolean open = ready.getAsBoolean();
          answer(exchange, open ? 200 : 503, open ? "ready\n" : "not ready\n");
        });
    server.createContext("/metrics", exchange -> answer(exchange, 200, metrics.get()));
    server.start();
    return new HealthServer(server);
  }

  private static void answer(HttpExchange exchange, int status, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    try (OutputStream out = exchange.getResponseBody()) {
      exchange.sendResponseHeaders(status, body.length);
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
