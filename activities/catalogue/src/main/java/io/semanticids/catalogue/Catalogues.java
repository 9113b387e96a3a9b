package io.semanticids.catalogue;

import io.semanticids.store.Location;
import io.semanticids.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads catalogues: a file, or all files of a folder or prefix, sorted by name; row order is file
 * order.
 *
 * <p>Vectors are {@code .npy} matrices, and Parquet or Arrow files with a column {@code embedding}
 * of lists of numbers; everything else gives texts. In a folder, files and folders whose names
 * begin with a dot or an underscore are passed over. Thread-safe.
 */
public final class Catalogues {
  /** Rows of a JSON file that are looked at to learn its fields. */
  private static final int LOOK = 1000;

  private final Stores stores;
  private final Path temporary;
  private final ContentIdentity identity;

  /**
   * @param temporary a local folder for what DuckDB cannot hold in memory
   */
  public Catalogues(Stores stores, Path temporary) {
    this.stores = stores;
    this.temporary = temporary;
    this.identity = new ContentIdentity(stores);
  }

  /**
   * Looks at the files of a catalogue without reading them through: names, kind, the first file's
   * fields, the headers of all matrices. Problems of single rows are left to {@link #prepare},
   * which finds all of them.
   *
   * @throws CatalogueException with all problems of the files
   */
  public CatalogueShape inspect(Location dataset, CatalogueFields fields) {
    Problems problems = new Problems();
    List<SourceFile> files = SourceFiles.find(stores, dataset, problems);
    checkKinds(files, problems);
    problems.throwIfAny();
    SourceFile first = files.get(0);
    if (first.format() == Format.NPY) {
      List<NpyHeader> headers = headers(files, problems);
      problems.throwIfAny();
      return new CatalogueShape(
          CatalogueKind.VECTORS, uris(files), List.of(), headers.get(0).dimension());
    }
    try (FileOpener opener = new FileOpener(stores, temporary)) {
      Optional<CatalogueKind> kind = opener.kind(first, problems);
      problems.throwIfAny();
      return look(opener, dataset, files, kind.orElseThrow(), fields);
    }
  }

  /**
   * How many rows a catalogue has, without reading it through: matrices by their headers, other
   * binary files by counting the first and going on by size, texts by the beginnings of the files.
   *
   * @throws CatalogueException if there are no files, or others than catalogue files
   */
  public CatalogueSize size(Location dataset) {
    Problems problems = new Problems();
    List<SourceFile> files = SourceFiles.find(stores, dataset, problems);
    problems.throwIfAny();
    long bytes = files.stream().mapToLong(SourceFile::bytes).sum();
    SourceFile first = files.get(0);
    if (first.format() == Format.NPY) {
      long rows = headers(files, problems).stream().mapToLong(NpyHeader::rows).sum();
      problems.throwIfAny();
      return new CatalogueSize(rows, true, bytes);
    }
    try {
      if (first.format() == Format.PARQUET || first.format() == Format.ARROW) {
        long rows = counted(first);
        boolean one = files.size() == 1;
        return new CatalogueSize(
            one ? rows : Math.round((double) rows / Math.max(1, first.bytes()) * bytes),
            one,
            bytes);
      }
      return new CatalogueSize(RowDensity.rows(stores, files), false, bytes);
    } catch (IOException e) {
      problems.add(first.name() + " " + FileOpener.fault(first, e));
      problems.throwIfAny();
      throw new IllegalStateException("A problem was told but not thrown.", e);
    }
  }

  private long counted(SourceFile file) throws IOException {
    Problems problems = new Problems();
    try (FileOpener opener = new FileOpener(stores, temporary)) {
      Optional<CatalogueKind> kind = opener.kind(file, problems);
      problems.throwIfAny();
      long rows = 0;
      try (RowReader reader = opener.open(file, List.of(), kind.orElseThrow(), problems)) {
        while (reader != null && reader.next()) {
          rows++;
        }
      }
      return rows;
    }
  }

  private CatalogueShape look(
      FileOpener opener,
      Location dataset,
      List<SourceFile> files,
      CatalogueKind kind,
      CatalogueFields fields) {
    SourceFile first = files.get(0);
    Problems problems = new Problems();
    Problems ofRows = new Problems();
    Wanted wanted = Wanted.of(fields, kind);
    SplitFields seen = new SplitFields(fields, wanted);
    try (RowReader reader = opener.open(first, wanted.names(), kind, problems)) {
      problems.throwIfAny();
      int rows = 0;
      boolean more = true;
      while (rows < LOOK && more) {
        more = readNext(reader, ofRows);
        if (more) {
          seen.count(reader);
          rows++;
        }
      }
      seen.addColumns(reader.columns());
      if (!more && files.size() == 1 && !ofRows.any()) {
        seen.check(dataset.uri(), problems);
        if (rows == 0) {
          problems.add("%s has no rows.".formatted(dataset.uri()));
        }
      }
      problems.throwIfAny();
      return new CatalogueShape(
          kind, uris(files), List.copyOf(reader.columns()), reader.dimension());
    } catch (IOException e) {
      problems.add(first.name() + " " + FileOpener.fault(first, e));
      problems.throwIfAny();
      throw new IllegalStateException("A problem was told but not thrown.", e);
    }
  }

  /**
   * The SHA-256 of a catalogue's content: of the format and content of each file in order, so
   * neither places nor names enter it. Remembered for files whose size and version stay.
   *
   * @return 64 hexadecimal digits
   * @throws CatalogueException if there are no files, or others than catalogue files
   */
  public String identity(Location dataset) {
    return identity(dataset, bytes -> {});
  }

  /**
   * The same.
   *
   * @param progress takes numbers of bytes as they are read, called by this thread
   */
  public String identity(Location dataset, LongConsumer progress) {
    Problems problems = new Problems();
    List<SourceFile> files = SourceFiles.find(stores, dataset, problems);
    problems.throwIfAny();
    return identity.of(files, progress);
  }

  /**
   * Reads a catalogue through, once, in bounded memory: a shard, and for each row 27 to 33 bytes
   * for its id, as much for each distinct text and each group. (Rows of bare matrices take
   * nothing.)
   *
   * <p>Ids are texts; numbers become their digits. No two may be equal over training and test rows.
   * Where no row has an id and the field is optional, ids are row numbers, test rows being numbered
   * on after the training rows. A row's text is the values of the text fields, blank ones left out,
   * joined by the separator; lists and structures become text as {@code a, b} and {@code name:
   * value, name: value}. Distinct texts and groups are numbered in order of first appearance over
   * training and test rows.
   *
   * @param test the test rows, null for none
   * @param shardRows the rows of a shard, at least 1; the last of each split may have fewer
   * @param sink takes the shards; gets none any more once a problem is found
   * @param progress takes numbers of rows as they are read, called by this thread
   * @throws CatalogueException with all problems of files and rows, after the whole pass
   */
  public Prepared prepare(
      Location dataset,
      @Nullable Location test,
      CatalogueFields fields,
      int shardRows,
      ItemSink sink,
      LongConsumer progress) {
    Problems problems = new Problems();
    List<SourceFile> train = SourceFiles.find(stores, dataset, problems);
    List<SourceFile> more = test == null ? List.of() : SourceFiles.find(stores, test, problems);
    List<SourceFile> all = new ArrayList<>(train);
    all.addAll(more);
    checkKinds(all, problems);
    problems.throwIfAny();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            task -> {
              Thread thread = new Thread(task, "matrix-scan");
              thread.setDaemon(true);
              return thread;
            });
    try (FileOpener opener = new FileOpener(stores, temporary)) {
      Optional<CatalogueKind> kind = opener.kind(train.get(0), problems);
      problems.throwIfAny();
      return new Preparation(
              opener,
              threads,
              fields,
              kind.orElseThrow(),
              inPlace(all),
              shardRows,
              sink,
              problems,
              progress)
          .run(dataset, train, test, more);
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * Where the vectors of a catalogue lie, found from the matrices' headers alone: equal to {@link
   * Prepared#segments()} but for files that have moved since.
   *
   * @return empty unless all files are local matrices
   * @throws CatalogueException if a matrix cannot be read
   */
  public List<MatrixSegment> segments(Location dataset, @Nullable Location test) {
    Problems problems = new Problems();
    List<SourceFile> files = new ArrayList<>(SourceFiles.find(stores, dataset, problems));
    if (test != null) {
      files.addAll(SourceFiles.find(stores, test, problems));
    }
    problems.throwIfAny();
    if (!inPlace(files)) {
      return List.of();
    }
    List<NpyHeader> headers = headers(files, problems);
    problems.throwIfAny();
    List<MatrixSegment> segments = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      if (headers.get(i).rows() > 0) {
        segments.add(Preparation.segment(files.get(i), headers.get(i)));
      }
    }
    return segments;
  }

  /**
   * Headers of matrices, read by range; where one cannot be read, that is told and it is left out.
   */
  private List<NpyHeader> headers(List<SourceFile> files, Problems problems) {
    List<NpyHeader> headers = new ArrayList<>();
    long rows = 0;
    for (SourceFile file : files) {
      int length = (int) Math.min(NpyHeader.ENOUGH, file.bytes());
      byte[] start = length == 0 ? new byte[0] : stores.read(file.at(), 0, length);
      FileProblems told = new FileProblems(file.name(), problems);
      NpyHeader header = NpyReader.header(start, file.bytes(), told);
      if (header == null) {
        continue;
      }
      if (!headers.isEmpty() && headers.get(0).dimension() != header.dimension()) {
        told.add(
            "has vectors of dimension %d, but those before it have %d. All must be equal."
                .formatted(header.dimension(), headers.get(0).dimension()));
      }
      rows += header.rows();
      headers.add(header);
    }
    if (rows == 0 && !problems.any()) {
      problems.add("%s has no rows.".formatted(files.get(0).at().uri()));
    }
    return headers;
  }

  private static void checkKinds(List<SourceFile> files, Problems problems) {
    Optional<SourceFile> matrix =
        files.stream().filter(file -> file.format() == Format.NPY).findFirst();
    Optional<SourceFile> texts =
        files.stream()
            .filter(
                file -> List.of(Format.JSON_LINES, Format.JSON, Format.CSV).contains(file.format()))
            .findFirst();
    if (matrix.isPresent() && texts.isPresent()) {
      problems.add(
          "%s gives vectors, but %s gives texts. Keep texts and vectors apart."
              .formatted(matrix.get().name(), texts.get().name()));
    }
  }

  private static boolean inPlace(List<SourceFile> files) {
    return files.stream().allMatch(file -> file.format() == Format.NPY && file.at().local());
  }

  private static List<String> uris(List<SourceFile> files) {
    return files.stream().map(file -> file.at().uri()).toList();
  }

  private static boolean readNext(@Nullable RowReader reader, Problems problems)
      throws IOException {
    return reader != null && reader.next() && !problems.any();
  }
}
