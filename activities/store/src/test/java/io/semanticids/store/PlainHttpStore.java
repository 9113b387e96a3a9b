package io.semanticids.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * A server that speaks as much of S3 as reads and writes need, and heeds no condition: a second
 * creator of an object overwrites it. Objects have no entity tag, as those that were copied into a
 * gateway's folder.
 */
final class PlainHttpStore implements AutoCloseable {
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final HttpServer server;

  PlainHttpStore() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** A client of it. */
  S3Store store() {
    String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
    return new S3Store(
        S3Clients.open(
            Map.of("AWS_ENDPOINT_URL_S3", endpoint)::get,
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"))),
        endpoint);
  }

  void put(Location at, byte[] content) {
    objects.put("/" + at.bucket() + "/" + at.key(), content);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      byte[] found = objects.get(path);
      exchange.getResponseHeaders().set("Last-Modified", "Tue, 24 Nov 2026 12:00:00 GMT");
      switch (exchange.getRequestMethod()) {
        case "PUT" -> {
          objects.put(path, body);
          exchange.sendResponseHeaders(200, -1);
        }
        case "DELETE" -> {
          objects.remove(path);
          exchange.sendResponseHeaders(204, -1);
        }
        case "HEAD" -> {
          if (found != null) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(found.length));
          }
          exchange.sendResponseHeaders(found == null ? 404 : 200, -1);
        }
        default -> {
          exchange.sendResponseHeaders(found == null ? 404 : 200, found == null ? -1 : 0);
          if (found != null) {
            exchange.getResponseBody().write(found);
          }
        }
      }
    }
  }

  boolean isEmpty() {
    return objects.isEmpty();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
