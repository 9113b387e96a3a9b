package io.semanticids.catalogue;

import io.semanticids.store.Stores;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Opens catalogue files, each with the reader of its format; brings them to this machine first. Not
 * thread-safe.
 */
final class FileOpener implements Closeable {
  private final Stores stores;
  private final Path temporary;
  private @Nullable Connection database;

  FileOpener(Stores stores, Path temporary) {
    this.stores = stores;
    this.temporary = temporary;
  }

  /** What a file gives; nothing if that cannot be found out, which was told. */
  Optional<CatalogueKind> kind(SourceFile file, Problems problems) {
    try {
      boolean vectors =
          switch (file.format()) {
            case JSON_LINES, JSON, CSV -> false;
            case NPY -> true;
            case PARQUET -> ParquetReader.givesVectors(database(), stores.local(file.at()));
            case ARROW -> ArrowReader.givesVectors(stores.local(file.at()));
          };
      return Optional.of(vectors ? CatalogueKind.VECTORS : CatalogueKind.TEXTS);
    } catch (SQLException | IOException e) {
      problems.add("%s is damaged: %s".formatted(file.name(), oneLine(e)));
      return Optional.empty();
    }
  }

  /**
   * Opens a file.
   *
   * @return null if it cannot be read, which was told
   */
  @Nullable RowReader open(
      SourceFile file, List<String> wanted, CatalogueKind kind, Problems problems) {
    FileProblems told = new FileProblems(file.name(), problems);
    Path local = stores.local(file.at());
    boolean vectors = kind == CatalogueKind.VECTORS;
    try {
      return switch (file.format()) {
        case JSON_LINES -> new JsonLinesReader(input(file, local), wanted, told);
        case JSON -> new JsonReader(input(file, local), wanted, told);
        case CSV -> new CsvReader(input(file, local), file.tabs(), wanted, told);
        case PARQUET -> ParquetReader.open(database(), local, wanted, vectors, told);
        case ARROW -> ArrowReader.open(local, wanted, vectors, told);
        case NPY -> NpyReader.open(local, told);
      };
    } catch (IOException e) {
      told.add(fault(file, e));
      return null;
    }
  }

  /** What a failure to read says about a file; goes on after the file's name. */
  static String fault(SourceFile file, IOException e) {
    boolean damaged = file.zipped() && (e instanceof ZipException || e instanceof EOFException);
    return damaged
        ? "is damaged or truncated: gzip says \"%s\".".formatted(oneLine(e))
        : "cannot be read: %s".formatted(oneLine(e));
  }

  private static InputStream input(SourceFile file, Path local) throws IOException {
    InputStream input = new BufferedInputStream(Files.newInputStream(local), 1 << 16);
    try {
      return file.zipped() ? new GZIPInputStream(input, 1 << 16) : input;
    } catch (IOException e) {
      input.close();
      throw e;
    }
  }

  private Connection database() {
    try {
      if (database == null) {
        Files.createDirectories(temporary);
        database = DuckDatabase.open(temporary);
      }
      return database;
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("DuckDB does not start: " + oneLine(e), e);
    }
  }

  private static String oneLine(Exception e) {
    String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
    return message.length() > 240 ? message.substring(0, 240) + "…" : message;
  }

  @Override
  public void close() {
    try {
      if (database != null) {
        database.close();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not close: " + oneLine(e), e);
    }
  }
}
