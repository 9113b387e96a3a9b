package io.semanticids.catalogue;

import io.semanticids.store.Location;
import io.semanticids.store.MappedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a catalogue: numbers rows, ids, texts and groups, checks all of it, and hands out
 * shards as long as nothing is wrong. Used once.
 */
final class Preparation {
  private static final int PROGRESS_ROWS = 1024;
  private static final float[] NONE = new float[0];

  /** Costs are scaled by its square, which float32 must hold. */
  private static final double MAX_NORM = 1e18;

  private final FileOpener opener;
  private final ExecutorService threads;
  private final CatalogueFields fields;
  private final CatalogueKind kind;
  private final Wanted wanted;
  private final Problems problems;
  private final LongConsumer progress;
  private final ItemSink sink;
  private final int shardRows;
  private final boolean inPlace;

  private final Places places;
  private final RowIds ids;
  private final HashIndex texts = new HashIndex();
  private final HashIndex groups = new HashIndex();
  private final List<MatrixSegment> segments = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<SplitFields> splits = new ArrayList<>();
  private @Nullable ShardBuffer shards;
  private @Nullable SourceFile dimensionOf;
  private int dimension;
  private double squaredNorm;
  private long row;
  private long blankTexts;

  /**
   * @param kind what all files must give
   * @param inPlace whether all files are local matrices, which go into segments instead of shards
   */
  Preparation(
      FileOpener opener,
      ExecutorService threads,
      CatalogueFields fields,
      CatalogueKind kind,
      boolean inPlace,
      int shardRows,
      ItemSink sink,
      Problems problems,
      LongConsumer progress) {
    this.opener = opener;
    this.threads = threads;
    this.fields = fields;
    this.kind = kind;
    this.wanted = Wanted.of(fields, kind);
    this.problems = problems;
    this.progress = progress;
    this.sink = sink;
    this.shardRows = shardRows;
    this.inPlace = inPlace;
    this.places = new Places(opener, wanted);
    this.ids = new RowIds(fields, problems, places);
  }

  /**
   * Reads everything.
   *
   * @throws CatalogueException with all problems, also those that were told before
   */
  Prepared run(
      Location dataset, List<SourceFile> train, @Nullable Location test, List<SourceFile> more) {
    split(dataset, train);
    long trainRows = row;
    if (test != null) {
      if (shards != null) {
        shards.beginTest();
      }
      split(test, more);
      warnAboutLostFields(test);
    }
    if (squaredNorm > MAX_NORM * MAX_NORM) {
      problems.add(
          "The longest vector has length %.3g, more than %.0e: divide all of them by the same number."
              .formatted(Math.sqrt(squaredNorm), MAX_NORM));
    }
    problems.throwIfAny();
    if (shards != null) {
      shards.flush();
    }
    progress.accept(row % PROGRESS_ROWS);
    boolean vectors = kind == CatalogueKind.VECTORS;
    long distinct = vectors ? row : texts.size();
    warnAboutRows(trainRows, distinct);
    return new Prepared(
        kind,
        trainRows,
        row - trainRows,
        groups.size(),
        distinct,
        dimension,
        Math.sqrt(squaredNorm),
        segments,
        warnings);
  }

  private void split(Location source, List<SourceFile> files) {
    SplitFields seen = new SplitFields(fields, wanted);
    splits.add(seen);
    long before = row;
    boolean matrices = true;
    for (SourceFile file : files) {
      matrices &= file.format() == Format.NPY;
      FileProblems told = new FileProblems(file.name(), problems);
      if (opener.kind(file, problems).filter(given -> fits(file, given)).isPresent()) {
        places.begin(file, row);
        try {
          if (inPlace) {
            matrix(file, told);
          } else {
            rows(file, seen, told);
          }
        } catch (IOException e) {
          told.add(FileOpener.fault(file, e));
        }
      }
    }
    if (row == before && !problems.any()) {
      problems.add("%s has no rows.".formatted(source.uri()));
    }
    ids.endSplit(source.uri(), matrices);
    String group = fields.group();
    if (matrices && group != null && fields.required(group)) {
      problems.add(
          "%s has no field \"%s\": a matrix has no fields. Leave out group."
              .formatted(source.uri(), group));
    } else if (!matrices) {
      seen.check(source.uri(), problems);
    }
  }

  private boolean fits(SourceFile file, CatalogueKind given) {
    if (given != kind) {
      problems.add(
          "%s gives %s, but the files before it give %s. Keep texts and vectors apart."
              .formatted(file.name(), said(given), said(kind)));
    }
    return given == kind;
  }

  private static String said(CatalogueKind kind) {
    return kind == CatalogueKind.TEXTS ? "texts" : "vectors";
  }

  private void rows(SourceFile file, SplitFields seen, FileProblems told) throws IOException {
    try (RowReader reader = opener.open(file, wanted.names(), kind, problems)) {
      if (reader == null || !dimension(file, reader.dimension(), told)) {
        return;
      }
      float[] vector = kind == CatalogueKind.VECTORS ? new float[dimension] : NONE;
      try {
        while (reader.next() && numbered(told)) {
          seen.count(reader);
          row(file, reader, vector, told);
        }
      } finally {
        seen.addColumns(reader.columns());
      }
    }
  }

  private void row(SourceFile file, RowReader reader, float[] vector, FileProblems told) {
    String id = ids.take(file, reader, reader.value(wanted.id()), reader.single(wanted.id()), row);
    if (kind == CatalogueKind.VECTORS && reader.vector(vector, 0)) {
      int position = VectorCheck.notFinite(vector, 0, dimension);
      if (position >= 0) {
        told.at(reader.place(), VectorCheck.problem(position, vector[position]));
      } else {
        squaredNorm = Math.max(squaredNorm, VectorCheck.squaredNorm(vector, 0, dimension));
      }
    }
    String text = kind == CatalogueKind.TEXTS ? text(reader) : null;
    long number = text == null ? row : texts.put(text, (int) texts.size());
    String group = wanted.group() < 0 ? null : reader.value(wanted.group());
    group = group == null || group.isBlank() ? null : group;
    int groupNumber = group == null ? -1 : groups.put(group, (int) groups.size());
    add(id, text, group, groupNumber, number, vector);
  }

  private String text(RowReader reader) {
    String first = null;
    StringBuilder joined = null;
    for (int field : wanted.text()) {
      String value = reader.value(field);
      if (value == null || value.isBlank()) {
        continue;
      }
      if (first == null) {
        first = value;
      } else {
        joined = joined == null ? new StringBuilder(first) : joined;
        joined.append(fields.separator()).append(value);
      }
    }
    blankTexts += first == null ? 1 : 0;
    return joined != null ? joined.toString() : first == null ? "" : first;
  }

  private void matrix(SourceFile file, FileProblems told) throws IOException {
    NpyHeader header = NpyReader.header(file.at().path(), told);
    if (header == null || !dimension(file, header.dimension(), told) || header.rows() == 0) {
      return;
    }
    long firstRow = row;
    try (MappedFile mapped = MappedFile.open(file.at().path())) {
      squaredNorm =
          Math.max(
              squaredNorm,
              MatrixScan.scan(
                  mapped,
                  header,
                  threads,
                  told,
                  rows -> {
                    for (int i = 0; i < rows && numbered(told); i++) {
                      add(Long.toString(row), null, null, -1, row, NONE);
                    }
                  }));
    }
    ids.takeNumbers(row - firstRow);
    segments.add(segment(file, header));
    if (file.bytes() > header.fileBytes()) {
      warnings.add(
          "%s has %,d bytes after its %,d rows; they are not read."
              .formatted(file.name(), file.bytes() - header.fileBytes(), header.rows()));
    }
  }

  static MatrixSegment segment(SourceFile file, NpyHeader header) {
    return new MatrixSegment(
        file.at().uri(), header.offset(), header.rows(), header.dimension(), header.type());
  }

  /** Notes or checks the dimension of a file's vectors. */
  private boolean dimension(SourceFile file, int given, FileProblems told) {
    if (kind == CatalogueKind.TEXTS) {
      return true;
    }
    if (given == 0) {
      told.add("has no vector with values in the column \"" + ParquetReader.EMBEDDING + "\".");
      return false;
    }
    if (dimensionOf == null) {
      dimensionOf = file;
      dimension = given;
    } else if (given != dimension) {
      told.add(
          "has vectors of dimension %d, but those of %s have %d. All must be equal."
              .formatted(given, dimensionOf.name(), dimension));
      return false;
    }
    return true;
  }

  /** Whether there is a number left for another row; tells once where not. */
  private boolean numbered(FileProblems told) {
    if (row < Integer.MAX_VALUE - 1) {
      return true;
    }
    told.add("goes beyond %,d rows, the most that are read.".formatted(row));
    return false;
  }

  private void add(
      String id,
      @Nullable String text,
      @Nullable String group,
      int groupNumber,
      long number,
      float[] vector) {
    if (!problems.any()) {
      if (shards == null) {
        boolean grouped = wanted.group() >= 0 && !inPlace;
        boolean texts = kind == CatalogueKind.TEXTS;
        shards = new ShardBuffer(sink, shardRows, texts, grouped, inPlace ? 0 : dimension);
      }
      shards.add(id, text, group, groupNumber, number, vector);
    }
    row++;
    if (row % PROGRESS_ROWS == 0) {
      progress.accept(PROGRESS_ROWS);
    }
  }

  private void warnAboutLostFields(Location test) {
    for (String name : wanted.names()) {
      if (!fields.required(name)
          && splits.get(0).hasValues(name)
          && !splits.get(1).hasValues(name)
          && !name.equals(fields.id())) {
        warnings.add(
            "%s has no values in the field \"%s\", which the training rows have."
                .formatted(test.uri(), name));
      }
    }
  }

  private void warnAboutRows(long trainRows, long distinct) {
    if (trainRows == 1) {
      warnings.add("There is one training row: every level has one code in use.");
    }
    if (blankTexts > 0) {
      warnings.add(
          "%,d rows have no text: all of them get the vector of the empty text."
              .formatted(blankTexts));
    }
    if (kind == CatalogueKind.TEXTS && row > 1 && distinct == 1) {
      warnings.add("All %,d rows have the same text, so all vectors are equal.".formatted(row));
    } else if (kind == CatalogueKind.TEXTS && row > 1 && 2 * distinct <= row) {
      warnings.add(
          "Only %,d of %,d texts are distinct: equal texts have equal vectors, which only balancing can part."
              .formatted(distinct, row));
    }
  }
}
