package io.semanticids.catalogue;

import io.semanticids.store.MappedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a {@code .npy} matrix one by one, as float32. */
final class NpyReader implements RowReader {
  /** Values that are read at once. */
  private static final int BLOCK = 1 << 16;

  private final NpyHeader header;
  private final MappedFile file;
  private final float[] block;
  private final int blockRows;
  private long row = -1;

  private NpyReader(NpyHeader header, MappedFile file) {
    this.header = header;
    this.file = file;
    this.blockRows = Math.max(1, BLOCK / header.dimension());
    this.block = new float[blockRows * header.dimension()];
  }

  /**
   * Opens a file.
   *
   * @return null if it cannot be read, which was told
   */
  static @Nullable NpyReader open(Path path, FileProblems problems) throws IOException {
    NpyHeader header = header(path, problems);
    return header == null ? null : new NpyReader(header, MappedFile.open(path));
  }

  /**
   * Reads and checks the header of a file.
   *
   * @return null if it is no matrix that can be read, which was told
   */
  static @Nullable NpyHeader header(Path path, FileProblems problems) throws IOException {
    try (InputStream input = Files.newInputStream(path)) {
      return header(input.readNBytes(NpyHeader.ENOUGH), Files.size(path), problems);
    }
  }

  /** The same for a file of {@code bytes} bytes that begins with {@code start}. */
  static @Nullable NpyHeader header(byte[] start, long bytes, FileProblems problems) {
    try {
      NpyHeader header = NpyHeader.parse(start);
      if (bytes < header.fileBytes()) {
        problems.add(
            "is truncated: %,d x %,d values of %s need %,d bytes, it has %,d."
                .formatted(
                    header.rows(), header.dimension(), header.type(), header.fileBytes(), bytes));
        return null;
      }
      return header;
    } catch (NpyException e) {
      problems.add(e.getMessage());
      return null;
    }
  }

  /**
   * Reads {@code count} rows from row {@code first} on into {@code target}, row-major, as float32.
   */
  static void read(MappedFile file, NpyHeader header, long first, int count, float[] target) {
    long offset = header.offset() + first * header.dimension() * header.bytes();
    int values = Math.multiplyExact(count, header.dimension());
    switch (header.bytes()) {
      case 2 -> file.halfs(offset, values, target);
      case 4 -> file.floats(offset, values, target);
      default -> file.doubles(offset, values, target);
    }
  }

  @Override
  public boolean next() {
    if (row + 1 >= header.rows()) {
      return false;
    }
    row++;
    if (row % blockRows == 0) {
      read(file, header, row, (int) Math.min(blockRows, header.rows() - row), block);
    }
    return true;
  }

  /** How a row is named: from 0, as NumPy counts and as the row's id will be. */
  static String place(long row) {
    return "row " + row + " (from 0)";
  }

  @Override
  public String place() {
    return place(row);
  }

  @Override
  public @Nullable String value(int field) {
    return null;
  }

  @Override
  public boolean single(int field) {
    return true;
  }

  @Override
  public Collection<String> columns() {
    return List.of();
  }

  @Override
  public int dimension() {
    return header.dimension();
  }

  @Override
  public boolean vector(float[] target, int offset) {
    System.arraycopy(
        block, (int) (row % blockRows) * header.dimension(), target, offset, header.dimension());
    return true;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
