package io.semanticids.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A file mapped into memory, of any length: mapped in windows of 1 GiB that overlap by one value,
 * so that no value is cut. Little-endian. Offsets are bytes from the start of the file and need not
 * be aligned. Thread-safe.
 *
 * <p>Java 17 cannot unmap: after {@link #close} nothing can be read, and the address space returns
 * with the garbage collector. The file may be deleted while it is mapped, but not shortened.
 *
 * <p>Whoever touches a mapped page makes the system read what lies around it too, often megabytes.
 * {@link #scattered} does without that where little of a large file is wanted.
 */
public final class MappedFile implements AutoCloseable {
  private static final int WINDOW = 1 << 30;
  private static final int WIDEST = Long.BYTES;

  /** Smaller files are soon read whole. */
  private static final long LARGE = 1L << 26;

  private final Path file;
  private final long bytes;
  private final int window;
  private volatile ByteBuffer[] windows;

  /** Of a large file. */
  private final @Nullable FileChannel channel;

  private final boolean positioned;

  private MappedFile(
      Path file,
      long bytes,
      int window,
      ByteBuffer[] windows,
      @Nullable FileChannel channel,
      boolean positioned) {
    this.file = file;
    this.bytes = bytes;
    this.window = window;
    this.windows = windows;
    this.channel = channel;
    this.positioned = positioned;
  }

  /** Maps a file as long as it is now. */
  public static MappedFile open(Path file) {
    return open(file, WINDOW, LARGE);
  }

  static MappedFile open(Path file, int window, long large) {
    FileChannel channel = null;
    boolean keep = false;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
      long bytes = channel.size();
      ByteBuffer[] windows = new ByteBuffer[Math.toIntExact((bytes + window - 1) / window)];
      for (int i = 0; i < windows.length; i++) {
        long start = (long) i * window;
        long length = Math.min(window + (long) WIDEST, bytes - start);
        windows[i] =
            channel
                .map(FileChannel.MapMode.READ_ONLY, start, length)
                .order(ByteOrder.LITTLE_ENDIAN);
      }
      keep = bytes >= large;
      return new MappedFile(file, bytes, window, windows, keep ? channel : null, false);
    } catch (IOException e) {
      throw FileErrors.of(file, e);
    } finally {
      if (!keep) {
        close(channel);
      }
    }
  }

  /**
   * The same file for reading here and there: where it is large, nothing is fetched but the pages
   * asked for. It is closed with this one.
   */
  public MappedFile scattered() {
    return channel == null ? this : new MappedFile(file, bytes, window, windows, channel, true);
  }

  /** The file's length in bytes. */
  public long bytes() {
    return bytes;
  }

  /**
   * Reads {@code count} float32 values from byte {@code offset} on to the start of {@code target}.
   */
  public void floats(long offset, int count, float[] target) {
    floats(offset, count, target, 0);
  }

  /**
   * Reads {@code count} float32 values from byte {@code offset} on into {@code target[to .. to +
   * count)}.
   */
  public void floats(long offset, int count, float[] target, int to) {
    each(
        offset,
        count,
        Float.BYTES,
        target.length - to,
        (part, at, n) -> part.asFloatBuffer().get(target, to + at, n));
  }

  /**
   * Reads {@code count} binary16 values from byte {@code offset} on to the start of {@code target}.
   */
  public void halfs(long offset, int count, float[] target) {
    halfs(offset, count, target, 0);
  }

  /** Reads {@code count} binary16 values from byte {@code offset} on, widened exactly. */
  public void halfs(long offset, int count, float[] target, int to) {
    each(
        offset,
        count,
        Short.BYTES,
        target.length - to,
        (part, at, n) -> {
          for (int i = 0; i < n; i++) {
            target[to + at + i] = HalfFloats.toFloat(part.getShort(part.position() + 2 * i));
          }
        });
  }

  /**
   * Reads {@code count} float64 values from byte {@code offset} on to the start of {@code target}.
   */
  public void doubles(long offset, int count, float[] target) {
    doubles(offset, count, target, 0);
  }

  /** Reads {@code count} float64 values from byte {@code offset} on, rounded to float32. */
  public void doubles(long offset, int count, float[] target, int to) {
    each(
        offset,
        count,
        Double.BYTES,
        target.length - to,
        (part, at, n) -> {
          for (int i = 0; i < n; i++) {
            target[to + at + i] = (float) part.getDouble(part.position() + 8 * i);
          }
        });
  }

  /**
   * Reads {@code count} int32 values from byte {@code offset} on into {@code target[0 .. count)}.
   */
  public void ints(long offset, int count, int[] target) {
    each(
        offset,
        count,
        Integer.BYTES,
        target.length,
        (part, at, n) -> part.asIntBuffer().get(target, at, n));
  }

  /**
   * Reads {@code count} int64 values from byte {@code offset} on into {@code target[0 .. count)}.
   */
  public void longs(long offset, int count, long[] target) {
    each(
        offset,
        count,
        Long.BYTES,
        target.length,
        (part, at, n) -> part.asLongBuffer().get(target, at, n));
  }

  /** Reads {@code count} bytes from byte {@code offset} on into {@code target[0 .. count)}. */
  public void bytes(long offset, int count, byte[] target) {
    each(offset, count, Byte.BYTES, target.length, (part, at, n) -> part.get(target, at, n));
  }

  private interface Reader {
    /**
     * Reads {@code count} values from the buffer's position on into {@code target[at .. at +
     * count)}.
     */
    void read(ByteBuffer part, int at, int count);
  }

  private void each(long offset, int count, int width, int room, Reader reader) {
    ByteBuffer[] mapped = windows;
    if (mapped == null) {
      throw new IllegalStateException("The file %s is closed.".formatted(file));
    }
    if (offset < 0 || count < 0 || count > room || offset > bytes - (long) count * width) {
      throw new IndexOutOfBoundsException(
          "%d values of %d bytes from byte %d on: %s has %d bytes, the target has room for %d values."
              .formatted(count, width, offset, file, bytes, room));
    }
    if (positioned && channel != null) {
      reader.read(read(channel, offset, Math.multiplyExact(count, width)), 0, count);
      return;
    }
    for (int done = 0; done < count; ) {
      long at = offset + (long) done * width;
      int index = (int) (at / window);
      int start = (int) (at % window);
      // A value that starts in a window ends in it or in its overlap.
      int n = (int) Math.min(count - done, ((long) window - start + width - 1) / width);
      ByteBuffer part = mapped[index].duplicate().order(ByteOrder.LITTLE_ENDIAN).position(start);
      reader.read(part, done, n);
      done += n;
    }
  }

  private ByteBuffer read(FileChannel from, long offset, int length) {
    ByteBuffer part = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    try {
      while (part.hasRemaining()) {
        if (from.read(part, offset + part.position()) < 0) {
          throw new EOFException("it was shortened");
        }
      }
    } catch (ClosedChannelException e) {
      // Interrupting a thread that reads closes the channel for all.
      throw new CancellationException("%s was closed while it was read.".formatted(file));
    } catch (IOException e) {
      throw FileErrors.of(file, e);
    }
    return part.flip();
  }

  @Override
  public void close() {
    windows = null;
    close(channel);
  }

  private static void close(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // It was only read.
    }
  }
}
