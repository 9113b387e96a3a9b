package io.semanticids.sid.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The way from workers to the store. Each worker has a port of its own, so that a request tells
 * whose it is. Passes bytes on as they are (signatures stay right), but for those requests that a
 * {@link Fault} strikes.
 */
final class StoreProxy implements AutoCloseable {
  private static final Duration TRICKLE = Duration.ofSeconds(5);
  private static final String REFUSAL =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>";

  private final InetSocketAddress store;
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();
  private final Map<String, ServerSocket> doors = new ConcurrentHashMap<>();
  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  StoreProxy(int storePort) {
    store = new InetSocketAddress(InetAddress.getLoopbackAddress(), storePort);
  }

  /** Where this worker finds the store. */
  String endpoint(String worker) {
    open(worker, ports.getOrDefault(worker, 0));
    return "http://127.0.0.1:" + ports.get(worker);
  }

  Fault add(Fault fault) {
    faults.add(fault);
    return fault;
  }

  /** "worker PUT /bucket/key" of all requests so far, in the order they came. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** Nobody listens any more, as when the store itself is gone. */
  void shut() {
    doors.values().forEach(StoreProxy::close);
    doors.clear();
  }

  /** All listen again where they did. */
  void reopen() {
    ports.forEach(this::open);
  }

  private void open(String worker, int port) {
    if (doors.containsKey(worker)) {
      return;
    }
    try {
      ServerSocket door = new ServerSocket();
      door.setReuseAddress(true);
      door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      ports.put(worker, door.getLocalPort());
      doors.put(worker, door);
      daemon("store door of " + worker, () -> accept(worker, door));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept(String worker, ServerSocket door) {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        daemon("store way of " + worker, () -> new Connection(worker, client).serve());
      } catch (IOException e) {
        return;
      }
    }
  }

  private @Nullable Fault fault(String worker, String line) {
    return faults.stream().filter(fault -> fault.strikes(worker, line)).findFirst().orElse(null);
  }

  private static void close(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // It is closed as far as it can be.
    }
  }

  @Override
  public void close() {
    shut();
    faults.forEach(Fault::drop);
  }

  /** One connection of a worker, and one to the store. */
  private final class Connection {
    private final String worker;
    private final Socket client;
    private final Socket server = new Socket();
    private volatile @Nullable Fault answering;

    Connection(String worker, Socket client) {
      this.worker = worker;
      this.client = client;
    }

    void serve() {
      try (client;
          server) {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        server.connect(store);
        daemon("store answers to " + worker, this::answers);
        InputStream in = new BufferedInputStream(client.getInputStream());
        for (byte[] head = head(in); head.length > 0; head = head(in)) {
          if (!request(new String(head, StandardCharsets.ISO_8859_1), head, in)) {
            return;
          }
        }
      } catch (IOException e) {
        // Either side has gone: so does this connection.
      }
    }

    /** Passes one request on; false when that was the connection's last. */
    private boolean request(String text, byte[] head, InputStream in) throws IOException {
      String line = text.substring(0, text.lastIndexOf(" HTTP/", text.indexOf('\r')));
      long length = length(text);
      requests.add(worker + " " + line);
      Fault fault = fault(worker, line);
      if (fault != null && fault.kind() == Fault.Kind.REFUSE) {
        refuse(fault, text, length, in);
        return false;
      }
      if (fault != null && fault.kind() == Fault.Kind.HOLD_REQUEST) {
        fault.struck();
        if (!fault.hold()) {
          return false;
        }
      } else if (fault != null) {
        answering = fault;
      }
      OutputStream out = server.getOutputStream();
      out.write(head);
      out.flush();
      byte[] buffer = new byte[1 << 16];
      for (long left = length; left > 0; ) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          return false;
        }
        out.write(buffer, 0, read);
        left -= read;
      }
      out.flush();
      return true;
    }

    private void refuse(Fault fault, String text, long length, InputStream in) throws IOException {
      if (!text.toLowerCase(Locale.ROOT).contains("100-continue")) {
        in.skipNBytes(length);
      }
      String body = text.startsWith("HEAD") ? "" : REFUSAL;
      client
          .getOutputStream()
          .write(
              ("HTTP/1.1 403 Forbidden\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.ISO_8859_1));
      fault.struck();
    }

    private void answers() {
      byte[] buffer = new byte[1 << 16];
      try (client;
          server) {
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          Fault fault = answering;
          if (fault != null && !continues(buffer, read)) {
            answering = null;
            fault.struck();
            if (fault.kind() == Fault.Kind.STARVE) {
              starve(fault, buffer, read, out);
              continue;
            } else if (!fault.hold()) {
              return;
            }
          }
          out.write(buffer, 0, read);
          out.flush();
        }
      } catch (IOException e) {
        // As above.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** The store only asks for the body. */
    private static boolean continues(byte[] buffer, int length) {
      return new String(buffer, 0, length, StandardCharsets.ISO_8859_1).startsWith("HTTP/1.1 100");
    }

    private void starve(Fault fault, byte[] buffer, int length, OutputStream out)
        throws IOException, InterruptedException {
      int sent = 0;
      while (sent < length && fault.goesOn(TRICKLE)) {
        out.write(buffer, sent++, 1);
        out.flush();
      }
      out.write(buffer, sent, length - sent);
      out.flush();
    }
  }

  /** Up to the empty line; empty at the connection's end. */
  private static byte[] head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int end = 0;
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.write(next);
      end = next == (end % 2 == 0 ? '\r' : '\n') ? end + 1 : next == '\r' ? 1 : 0;
      if (end == 4) {
        return head.toByteArray();
      }
    }
    return new byte[0];
  }

  private static long length(String head) {
    for (String line : head.lines().toList()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        return Long.parseLong(lower.substring("content-length:".length()).strip());
      }
      if (lower.startsWith("transfer-encoding:")) {
        throw new IllegalStateException("This proxy knows bodies of a given length only: " + line);
      }
    }
    return 0;
  }
}
