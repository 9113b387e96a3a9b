package io.semanticids.catalogue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds where rows stand in their files. Only first rows of files are remembered during a pass; the
 * lines of the few rows that an error message names are found by reading their files again.
 */
final class Places {
  private final FileOpener opener;
  private final Wanted wanted;
  private final List<SourceFile> files = new ArrayList<>();
  private final List<Long> firstRows = new ArrayList<>();
  private final NavigableSet<Long> named = new TreeSet<>();
  private final SortedMap<Long, String> found = new TreeMap<>();

  /**
   * @param wanted the fields of the pass, without which other rows might count as malformed
   */
  Places(FileOpener opener, Wanted wanted) {
    this.opener = opener;
    this.wanted = wanted;
  }

  /** Notes that the rows from {@code firstRow} on are of this file. */
  void begin(SourceFile file, long firstRow) {
    files.add(file);
    firstRows.add(firstRow);
  }

  /** Announces that {@link #of} will be asked for a row. */
  void name(long row) {
    named.add(row);
  }

  /** The file and line of a row that was announced. */
  String of(long row) {
    if (!found.containsKey(row)) {
      find();
    }
    return found.getOrDefault(row, "row " + (row + 1));
  }

  private void find() {
    for (int i = 0; i < files.size(); i++) {
      long end = i + 1 < files.size() ? firstRows.get(i + 1) : Long.MAX_VALUE;
      NavigableSet<Long> inside = named.subSet(firstRows.get(i), true, end, false);
      if (!inside.isEmpty()) {
        find(files.get(i), firstRows.get(i), inside);
      }
    }
  }

  private void find(SourceFile file, long firstRow, NavigableSet<Long> rows) {
    // What is wrong with the file was told by the pass itself.
    try (RowReader reader =
        opener.open(file, wanted.names(), CatalogueKind.TEXTS, new Problems())) {
      for (long row = firstRow; reader != null && row <= rows.last() && reader.next(); row++) {
        if (rows.contains(row)) {
          found.put(row, file.name() + ", " + reader.place());
        }
      }
    } catch (IOException e) {
      rows.forEach(row -> found.putIfAbsent(row, file.name()));
    }
  }
}
