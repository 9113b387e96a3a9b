package io.semanticids.sid;

import java.util.Arrays;

/** A list of longs that grows. */
final class LongList {
  private long[] values = new long[1024];
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  long get(long index) {
    return values[Math.toIntExact(index)];
  }

  int size() {
    return size;
  }
}
