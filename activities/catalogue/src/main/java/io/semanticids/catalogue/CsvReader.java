package io.semanticids.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV (RFC 4180) in UTF-8 with a header line. Cells may be quoted and then hold separators,
 * line ends and doubled quotes; lines end in CR LF, LF or CR; empty lines are skipped. An empty
 * cell is null. The separator is whichever of comma, semicolon, tab and bar occurs most often in
 * the header.
 */
final class CsvReader implements RowReader {
  private static final int END = -1;
  private static final String CANDIDATES = ",;\t|";

  private final Reader reader;
  private final FileProblems problems;
  private final char[] buffer = new char[1 << 15];
  private int from;
  private int to;

  private final char separator;
  private final List<String> columns = new ArrayList<>();
  private final int[] columnOf;
  private final @Nullable String[] cells;
  private final StringBuilder cell = new StringBuilder();
  private long line = 1;
  private long recordLine = 1;
  private boolean ended;

  CsvReader(InputStream input, boolean tabs, List<String> wanted, FileProblems problems)
      throws IOException {
    this.reader = new Utf8Reader(input);
    this.problems = problems;
    this.columnOf = new int[wanted.size()];
    beginning();
    if (from < to && buffer[from] == '\uFEFF') {
      from++;
    }
    this.separator = tabs ? '\t' : separator();
    List<String> header = new ArrayList<>();
    if (!record(header)) {
      header.clear();
    }
    Set<String> seen = new HashSet<>();
    for (String name : header) {
      columns.add(name.strip());
      if (!seen.add(name.strip()) && wanted.contains(name.strip())) {
        problems.add("has two columns \"" + name.strip() + "\". Rename one of them.");
      }
    }
    for (int i = 0; i < columnOf.length; i++) {
      columnOf[i] = columns.indexOf(wanted.get(i));
    }
    this.cells = new String[columns.size()];
  }

  @Override
  public boolean next() throws IOException {
    List<String> found = new ArrayList<>(columns.size());
    while (record(found)) {
      if (found.size() == columns.size()) {
        for (int i = 0; i < cells.length; i++) {
          cells[i] = found.get(i).isEmpty() ? null : found.get(i);
        }
        return true;
      }
      problems.at(
          place(),
          "has %d cells, but the header has %d. Quote cells that hold %s."
              .formatted(found.size(), columns.size(), name(separator)));
    }
    return false;
  }

  /**
   * Reads the next record that is well formed.
   *
   * @return false at the end
   */
  private boolean record(List<String> found) throws IOException {
    while (!ended) {
      recordLine = line;
      found.clear();
      try {
        if (peek() == END) {
          ended = true;
        } else if (cells(found) && !(found.size() == 1 && found.get(0).isEmpty())) {
          return true;
        }
      } catch (CharacterCodingException e) {
        problems.at(
            "line " + line, "is not UTF-8. Save it as UTF-8. The rest of this file was not read.");
        ended = true;
      }
    }
    return false;
  }

  /** Reads the cells of one record; false if it is malformed, which was told. */
  private boolean cells(List<String> found) throws IOException {
    while (true) {
      cell.setLength(0);
      if (peek() == '"') {
        if (!quoted()) {
          return false;
        }
      } else {
        plain();
      }
      found.add(cell.toString());
      int next = take();
      if (next != separator) {
        endLine(next);
        return true;
      }
    }
  }

  private void plain() throws IOException {
    while (true) {
      int next = peek();
      if (next == separator || next == '\n' || next == '\r' || next == END) {
        return;
      }
      cell.append((char) next);
      from++;
    }
  }

  private boolean quoted() throws IOException {
    long opened = line;
    from++;
    while (true) {
      int next = take();
      if (next == END) {
        problems.at(
            "line " + opened,
            "opens a quote that is never closed. The rest of this file was not read.");
        ended = true;
        return false;
      }
      if (next == '"') {
        if (peek() != '"') {
          break;
        }
        from++;
      } else if (next == '\n' || (next == '\r' && peek() != '\n')) {
        line++;
      }
      cell.append((char) next);
    }
    int after = peek();
    if (after == separator || after == '\n' || after == '\r' || after == END) {
      return true;
    }
    problems.at(
        "line " + line, "goes on after a closing quote. Double the quotes inside a quoted cell.");
    while (peek() != '\n' && peek() != '\r' && peek() != END) {
      from++;
    }
    endLine(take());
    return false;
  }

  private void endLine(int character) throws IOException {
    if (character == '\r' && peek() == '\n') {
      from++;
    }
    line++;
  }

  private int take() throws IOException {
    int next = peek();
    from += next == END ? 0 : 1;
    return next;
  }

  private int peek() throws IOException {
    if (from == to) {
      fill();
    }
    return from < to ? buffer[from] : END;
  }

  private void fill() throws IOException {
    from = 0;
    to = Math.max(0, reader.read(buffer, 0, buffer.length));
  }

  /** Reads the first characters; malformed ones are told when the first record is read. */
  private void beginning() throws IOException {
    try {
      fill();
    } catch (CharacterCodingException e) {
      from = 0;
      to = 0;
    }
  }

  private char separator() {
    int[] counts = new int[CANDIDATES.length()];
    boolean quoted = false;
    for (int i = from; i < to; i++) {
      char c = buffer[i];
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted) {
        if (c == '\n' || c == '\r') {
          break;
        }
        int candidate = CANDIDATES.indexOf(c);
        if (candidate >= 0) {
          counts[candidate]++;
        }
      }
    }
    int best = 0;
    for (int i = 1; i < counts.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return CANDIDATES.charAt(best);
  }

  private static String name(char separator) {
    return separator == '\t' ? "tabs" : "\"" + separator + "\"";
  }

  @Override
  public String place() {
    return "line " + recordLine;
  }

  @Override
  public @Nullable String value(int field) {
    return columnOf[field] < 0 ? null : cells[columnOf[field]];
  }

  @Override
  public boolean single(int field) {
    return true;
  }

  @Override
  public Collection<String> columns() {
    return columns;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
