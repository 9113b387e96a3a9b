package io.semanticids.catalogue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Vectors that look like a catalogue's embeddings, of any number: a mixture of 300 clusters of 30
 * subclusters each, both of Zipf sizes (exponents 1 and 0.8), around them noise of varying
 * strength, unit norm. Three rows in a hundred are exact copies of others, a few of which have very
 * many copies.
 *
 * <p>A row is a function of seed, dimension and its number alone, so neither threads nor the number
 * of rows that are written (but for which rows are copied) change it.
 */
public final class SampleVectors {
  /** How values are stored, little-endian. */
  public enum Precision {
    FLOAT16("<f2", 2),
    FLOAT32("<f4", 4);

    private final String descr;
    private final int bytes;

    Precision(String descr, int bytes) {
      this.descr = descr;
      this.bytes = bytes;
    }
  }

  private static final int BLOCK_BYTES = 1 << 22;

  private SampleVectors() {}

  /** Writes a float16 {@code .npy} file of {@code items x dimension} values on all processors. */
  public static void write(long items, int dimension, long seed, Path file) throws IOException {
    int threads = Runtime.getRuntime().availableProcessors();
    write(items, dimension, seed, file, Precision.FLOAT16, threads);
  }

  /**
   * Writes a {@code .npy} file of {@code items x dimension} values. It gets its name when it is
   * complete; a file of that name is replaced.
   *
   * @throws IllegalArgumentException if items, dimension or threads are not positive
   */
  public static void write(
      long items, int dimension, long seed, Path file, Precision precision, int threads)
      throws IOException {
    if (items <= 0 || dimension <= 0 || threads <= 0) {
      throw new IllegalArgumentException(
          "Items (%d), dimension (%d) and threads (%d) must be positive."
              .formatted(items, dimension, threads));
    }
    Path absolute = file.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    Path partial = absolute.resolveSibling(absolute.getFileName() + ".partial");
    try {
      writeAll(new SampleMixture(dimension, seed), items, partial, precision, threads);
      Files.move(partial, absolute, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static void writeAll(
      SampleMixture mixture, long items, Path file, Precision precision, int threads)
      throws IOException {
    byte[] header = header(items, mixture.dimension(), precision);
    int rowBytes = mixture.dimension() * precision.bytes;
    int blockRows = Math.max(1, BLOCK_BYTES / rowBytes);
    AtomicLong next = new AtomicLong();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      writeFully(channel, ByteBuffer.wrap(header), 0);
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(
            pool.submit(
                () -> {
                  ByteBuffer buffer =
                      ByteBuffer.allocateDirect(blockRows * rowBytes)
                          .order(ByteOrder.LITTLE_ENDIAN);
                  float[] row = new float[mixture.dimension()];
                  for (long first = next.getAndAdd(blockRows);
                      first < items;
                      first = next.getAndAdd(blockRows)) {
                    buffer.clear();
                    long end = Math.min(items, first + blockRows);
                    for (long r = first; r < end; r++) {
                      mixture.row(mixture.source(r, items), row);
                      put(row, precision, buffer);
                    }
                    writeFully(channel, buffer.flip(), header.length + first * rowBytes);
                  }
                  return null;
                }));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The writing of " + file + " was interrupted.", e);
    } catch (ExecutionException e) {
      throw new IOException("Writing " + file + " failed: " + e.getCause().getMessage(), e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static void put(float[] row, Precision precision, ByteBuffer buffer) {
    if (precision == Precision.FLOAT16) {
      for (float value : row) {
        buffer.putShort(half(value));
      }
    } else {
      for (float value : row) {
        buffer.putFloat(value);
      }
    }
  }

  /** The nearest float16 of a value in [-1, 1], ties to even. */
  static short half(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    int magnitude = bits & 0x7FFFFFFF;
    if (magnitude < 0x38800000) {
      // Below 2^-14 float16 is fixed point with steps of 2^-24.
      int steps = (int) Math.rint(Float.intBitsToFloat(magnitude) * 0x1p24);
      return (short) (sign | steps);
    }
    int rounded = magnitude + 0xFFF + (magnitude >>> 13 & 1);
    return (short) (sign | (rounded - 0x38000000) >>> 13);
  }

  /** The beginning of a {@code .npy} file, version 1, padded to a multiple of 64 bytes. */
  private static byte[] header(long rows, int dimension, Precision precision) {
    String text =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(precision.descr, rows, dimension);
    int length = (10 + text.length() + 1 + 63) / 64 * 64;
    ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    header.put((byte) 1).put((byte) 0).putShort((short) (length - 10));
    header.put(
        (text + " ".repeat(length - 11 - text.length()) + "\n")
            .getBytes(StandardCharsets.US_ASCII));
    return header.array();
  }

  private static void writeFully(FileChannel channel, ByteBuffer buffer, long position)
      throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      at += channel.write(buffer, at);
    }
  }
}
