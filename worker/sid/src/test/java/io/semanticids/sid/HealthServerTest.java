package io.semanticids.sid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HealthServerTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @Test
  void tellsAliveReadyAndMetrics() throws Exception {
    AtomicBoolean ready = new AtomicBoolean();
    try (HealthServer server = HealthServer.start(ANY, ready::get, () -> "shards_total 3\n")) {
      assertThat(get(server, "/health").statusCode()).isEqualTo(200);
      assertThat(get(server, "/ready").statusCode()).isEqualTo(503);
      ready.set(true);
      assertThat(get(server, "/ready").statusCode()).isEqualTo(200);
      assertThat(get(server, "/metrics").body()).isEqualTo("shards_total 3\n");
    }
  }

  @Test
  void portThatIsTaken() {
    try (HealthServer server = HealthServer.start(ANY, () -> true, () -> "")) {
      assertThatThrownBy(() -> HealthServer.start(server.address(), () -> true, () -> ""))
          .isInstanceOf(SidException.class)
          .hasMessageContaining(String.valueOf(server.address().getPort()))
          .hasMessageContaining("--listen");
    }
  }

  private static HttpResponse<String> get(HealthServer server, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(server.address().getPort(), path));
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
