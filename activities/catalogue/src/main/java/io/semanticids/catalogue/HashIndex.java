package io.semanticids.catalogue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A map from texts to numbers that keeps 16 bytes of each text's SHA-256 instead of the text.
 *
 * <p>Two texts are taken for equal when these 128 bits are: among 64 million distinct texts that
 * happens by chance with probability 6e-24. Memory: 20 bytes an entry at a load between 0.6 and
 * 0.75, so 27 to 33 bytes for each distinct text. The table is parted in 256, which grow one by
 * one, so growing needs no second copy of the whole. Not thread-safe.
 */
final class HashIndex {
  private static final int PARTS = 256;
  private static final double FULL = 0.75;
  private static final double GROWTH = 1.25;

  private final MessageDigest digest;
  private final Part[] parts = new Part[PARTS];
  private long size;

  HashIndex() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256.", e);
    }
    Arrays.setAll(parts, i -> new Part());
  }

  /** How many distinct texts there are. */
  long size() {
    return size;
  }

  /**
   * Finds a text, or adds it with a number of its own.
   *
   * @param number what the text gets if it is new: at least 0
   * @return the number that the text has
   */
  int put(String text, int number) {
    byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
    long high = longAt(hash, 0);
    long low = longAt(hash, 8);
    int found = parts[hash[16] & 0xFF].put(high, low, number);
    if (found < 0) {
      size++;
      return number;
    }
    return found;
  }

  private static long longAt(byte[] bytes, int offset) {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | (bytes[offset + i] & 0xFF);
    }
    return value;
  }

  /**
   * An open table with linear probing. A slot is free where its number is 0; numbers are stored
   * plus one.
   */
  private static final class Part {
    private long[] keys = new long[2 * 16];
    private int[] numbers = new int[16];
    private int used;

    /**
     * @return the number that was there, -1 if the key was added
     */
    int put(long high, long low, int number) {
      if (used >= numbers.length * FULL) {
        grow();
      }
      int slot = slot(high, numbers.length);
      while (numbers[slot] != 0) {
        if (keys[2 * slot] == high && keys[2 * slot + 1] == low) {
          return numbers[slot] - 1;
        }
        slot = slot + 1 == numbers.length ? 0 : slot + 1;
      }
      set(slot, high, low, number + 1);
      used++;
      return -1;
    }

    private void set(int slot, long high, long low, int stored) {
      keys[2 * slot] = high;
      keys[2 * slot + 1] = low;
      numbers[slot] = stored;
    }

    private void grow() {
      long[] oldKeys = keys;
      int[] oldNumbers = numbers;
      int capacity = (int) (oldNumbers.length * GROWTH) + 1;
      keys = new long[Math.multiplyExact(2, capacity)];
      numbers = new int[capacity];
      for (int i = 0; i < oldNumbers.length; i++) {
        if (oldNumbers[i] != 0) {
          int slot = slot(oldKeys[2 * i], capacity);
          while (numbers[slot] != 0) {
            slot = slot + 1 == capacity ? 0 : slot + 1;
          }
          set(slot, oldKeys[2 * i], oldKeys[2 * i + 1], oldNumbers[i]);
        }
      }
    }

    private static int slot(long hash, int capacity) {
      return (int) (((hash >>> 32) * capacity) >>> 32);
    }
  }
}
