package io.semanticids.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Something that listens and does not go on, as a server that is killed. */
final class RudeServer implements AutoCloseable {
  /** How far it goes with each connection, before it hangs up. */
  enum Manner {
    CLOSES_AT_ONCE,
    CLOSES_AFTER_THE_HEAD,
    RESETS_AFTER_THE_HEAD,
    CLOSES_AFTER_CONTINUE,
    CLOSES_WITHIN_THE_BODY,
    NEVER_ANSWERS
  }

  private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
  private static final String HALF_AN_ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it";

  private final ServerSocket door;
  private final Manner manner;
  private final Queue<Socket> silent = new ConcurrentLinkedQueue<>();

  RudeServer(Manner manner) throws IOException {
    this.manner = manner;
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "rude server");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * A client of it.
   *
   * @param silence how long it waits for an answer
   */
  S3Store store(Duration silence) {
    String endpoint = "http://127.0.0.1:" + door.getLocalPort();
    return new S3Store(
        S3Clients.open(
            Map.of("AWS_ENDPOINT_URL_S3", endpoint)::get,
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")),
            silence),
        endpoint);
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        if (manner == Manner.NEVER_ANSWERS) {
          silent.add(client);
        } else {
          serve(client);
        }
      } catch (IOException e) {
        // Either side has hung up.
      }
    }
  }

  private void serve(Socket client) throws IOException {
    try (client) {
      if (manner == Manner.CLOSES_AT_ONCE) {
        return;
      }
      skipHead(client.getInputStream());
      switch (manner) {
        case RESETS_AFTER_THE_HEAD -> client.setSoLinger(true, 0);
        case CLOSES_AFTER_CONTINUE -> say(client, CONTINUE);
        case CLOSES_WITHIN_THE_BODY -> say(client, HALF_AN_ANSWER);
        default -> {}
      }
    }
  }

  private static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().flush();
  }

  private static void skipHead(InputStream in) throws IOException {
    int ends = 0;
    for (int next = in.read(); next >= 0 && ends < 2; next = in.read()) {
      ends = next == '\n' ? ends + 1 : next == '\r' ? ends : 0;
      if (ends == 2) {
        return;
      }
    }
  }

  @Override
  public void close() {
    try {
      door.close();
      for (Socket client : silent) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
