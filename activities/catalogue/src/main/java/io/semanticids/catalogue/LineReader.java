package io.semanticids.catalogue;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** Splits bytes into lines at line feeds, without decoding them. */
final class LineReader implements Closeable {
  private final InputStream input;
  private final byte[] buffer = new byte[1 << 16];
  private int from;
  private int to;
  private long line;

  LineReader(InputStream input) {
    this.input = input;
  }

  /** The number of the line that was read last, from 1. */
  long line() {
    return line;
  }

  /**
   * Reads a line into {@code target}, which is emptied first; its line feed is left out.
   *
   * @return false at the end
   */
  boolean next(Bytes target) throws IOException {
    target.reset();
    boolean any = false;
    while (true) {
      if (from == to) {
        to = Math.max(0, input.read(buffer, 0, buffer.length));
        from = 0;
        if (to == 0) {
          line += any ? 1 : 0;
          return any;
        }
      }
      any = true;
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      target.write(buffer, from, end - from);
      boolean ended = end < to;
      from = ended ? end + 1 : end;
      if (ended) {
        line++;
        return true;
      }
    }
  }

  @Override
  public void close() throws IOException {
    input.close();
  }

  /** Bytes that can be read where they lie. */
  static final class Bytes extends ByteArrayOutputStream {
    byte[] array() {
      return buf;
    }

    /** Whether there is nothing but white space (of JSON). */
    boolean blank() {
      for (int i = 0; i < count; i++) {
        if (buf[i] != ' ' && buf[i] != '\t' && buf[i] != '\r') {
          return false;
        }
      }
      return true;
    }
  }
}
