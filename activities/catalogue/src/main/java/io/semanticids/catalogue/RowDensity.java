package io.semanticids.catalogue;

import io.semanticids.store.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Rows of text files by their beginnings: lines, or JSON objects that no other contains. */
final class RowDensity {
  /** Read from the beginning of each of the first files. */
  private static final int LOOK = 4 << 20;

  private static final int FILES = 4;

  private RowDensity() {}

  /** The rows of all files, as if all were like the beginnings of the first. */
  static long rows(ObjectStore store, List<SourceFile> files) throws IOException {
    long seen = 0;
    long rows = 0;
    boolean whole = true;
    for (SourceFile file : files.subList(0, Math.min(FILES, files.size()))) {
      int length = (int) Math.min(LOOK, file.bytes());
      whole &= length == file.bytes();
      seen += length;
      rows += length == 0 ? 0 : rows(file, store.read(file.at(), 0, length));
    }
    if (seen == 0 || (whole && files.size() <= FILES)) {
      return rows;
    }
    long bytes = files.stream().mapToLong(SourceFile::bytes).sum();
    return Math.round((double) rows / seen * bytes);
  }

  private static long rows(SourceFile file, byte[] start) throws IOException {
    Counter counter = new Counter(file.format());
    byte[] buffer = new byte[1 << 16];
    try (InputStream raw = new ByteArrayInputStream(start);
        InputStream in = file.zipped() ? new GZIPInputStream(raw) : raw) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        counter.add(buffer, read);
      }
    } catch (EOFException e) {
      // The beginning of a compressed file ends in the middle.
    }
    return counter.rows();
  }

  /** Counts lines that are not blank, or objects at the outermost depth. */
  private static final class Counter {
    private final boolean lines;
    private long rows;
    private boolean blank = true;
    private boolean quoted;
    private boolean escaped;
    private int depth;

    Counter(Format format) {
      lines = format != Format.JSON;
      // The first line of CSV is no row.
      rows = format == Format.CSV ? -1 : 0;
    }

    void add(byte[] bytes, int count) {
      for (int i = 0; i < count; i++) {
        if (lines) {
          line(bytes[i]);
        } else {
          object(bytes[i]);
        }
      }
    }

    private void line(byte next) {
      if (next == '\n') {
        rows += blank ? 0 : 1;
        blank = true;
      } else if (next != '\r' && next != ' ') {
        blank = false;
      }
    }

    private void object(byte next) {
      if (quoted) {
        quoted = escaped || next != '"';
        escaped = !escaped && next == '\\';
      } else if (next == '"') {
        quoted = true;
      } else if (next == '{') {
        rows += depth == 0 ? 1 : 0;
        depth++;
      } else if (next == '}') {
        depth--;
      }
    }

    long rows() {
      return Math.max(0, rows + (lines && !blank ? 1 : 0));
    }
  }
}
