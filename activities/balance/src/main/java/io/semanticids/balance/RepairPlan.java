package io.semanticids.balance;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Which moves a pass collects: for each ordered pair of codes how many of the cheapest and up to
 * which margin, and which atoms (rows of equal costs that are many) are counted as one.
 *
 * <p>Memory of a pass is at most {@code 8 sum(depths)} bytes a thread, {@link #LIMIT} entries at
 * most, besides {@code 8} bytes for each row of an atom and 12 for each pair; pairs that meet fewer
 * rows take less.
 */
public final class RepairPlan {
  /** The most moves that a plan may ask for: 512 MB. */
  static final long LIMIT = 1L << 26;

  /** Limits widen by so many times the last step. */
  private static final double REACH = 2;

  /** What a step is more than so many mean ones, the code that took it may have to go once more. */
  private static final double FAR = 4;

  private final int size;
  private final int[] depths;
  private final int[] limits;
  private final long[] atoms;
  private final boolean[] renewed;

  /** Places of atoms, found by the low bits of their keys and tried one after another; -1: none. */
  private final int[] slots;

  /** The low bits of their keys. */
  private final BitSet beginnings = new BitSet();

  /**
   * A plan of a first attempt.
   *
   * @param depths {@code K x K}; how many moves from code j to code k are kept stands at {@code j *
   *     K + k}
   * @param limits {@code K x K}; dearer moves are not kept; {@code Integer.MAX_VALUE}: no limit
   * @param atoms {@link AtomKey}s, ascending
   */
  RepairPlan(int size, int[] depths, int[] limits, long[] atoms) {
    this(size, depths, limits, atoms, all(size));
  }

  /**
   * A plan.
   *
   * @param renewed the codes out of which moves are collected; those out of all others are as the
   *     attempt before found them
   */
  RepairPlan(int size, int[] depths, int[] limits, long[] atoms, boolean[] renewed) {
    if (depths.length != size * size || limits.length != depths.length) {
      throw new IllegalArgumentException(
          "%d depths and %d limits are not those of %d x %d pairs."
              .formatted(depths.length, limits.length, size, size));
    }
    this.size = size;
    this.depths = depths;
    this.limits = limits;
    this.atoms = atoms;
    this.renewed = renewed;
    this.slots = slots(atoms);
    for (long atom : atoms) {
      beginnings.set((int) atom & AtomKey.LOW);
    }
    for (int k = 0; k < size; k++) {
      depths[k * size + k] = 0;
    }
  }

  /** A plan that wants nothing: a pass that tells loads and cost alone. */
  static RepairPlan none(int size) {
    return new RepairPlan(size, new int[size * size], unlimited(size), new long[0]);
  }

  private static boolean[] all(int size) {
    boolean[] all = new boolean[size];
    Arrays.fill(all, true);
    return all;
  }

  int size() {
    return size;
  }

  /** Whether moves out of this code are collected. */
  boolean renews(int code) {
    return renewed[code];
  }

  int depth(int pair) {
    return depths[pair];
  }

  int[] depths() {
    return depths.clone();
  }

  int limit(int pair) {
    return limits[pair];
  }

  int[] limits() {
    return limits.clone();
  }

  long[] atoms() {
    return atoms.clone();
  }

  private static int[] slots(long[] atoms) {
    int[] slots = new int[Integer.highestOneBit(Math.max(1, atoms.length)) * 8];
    Arrays.fill(slots, -1);
    for (int place = 0; place < atoms.length; place++) {
      int slot = (int) atoms[place] & (slots.length - 1);
      while (slots[slot] >= 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = place;
    }
    return slots;
  }

  /**
   * The place of the atom that a row is of, whose scores begin at {@code scores[from]}; negative
   * where it is of none.
   */
  int atom(int[] scores, int from, int[] potentials) {
    if (atoms.length == 0 || !beginnings.get(AtomKey.beginning(scores, from, potentials))) {
      return -1;
    }
    return place(AtomKey.of(scores, from, potentials));
  }

  /** The place of the atom with this key, negative where there is none. */
  int place(long key) {
    int slot = (int) key & (slots.length - 1);
    while (slots[slot] >= 0 && atoms[slots[slot]] != key) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slots[slot];
  }

  int atomCount() {
    return atoms.length;
  }

  /** No limits: depths alone say what is kept. */
  static int[] unlimited(int size) {
    int[] limits = new int[size * size];
    Arrays.fill(limits, Integer.MAX_VALUE);
    return limits;
  }

  /** How many moves are kept at most. */
  public long total() {
    return Arrays.stream(depths).asLongStream().sum();
  }

  /**
   * The same plan with limits that are wider where potentials were changed by {@code step}: they
   * will drift further by some part of it. Out of a code whose step was far longer than others they
   * are wider still: it is on its way through a gap in which it has hardly a row to give.
   *
   * @param step one a code, in integer costs
   */
  RepairPlan after(double[] step) {
    double mean = Arrays.stream(step).map(Math::abs).average().orElse(0);
    int[] wider = new int[limits.length];
    for (int pair = 0; pair < wider.length; pair++) {
      double from = Math.abs(step[pair / size]);
      double to = Math.abs(step[pair % size]);
      double drift = REACH * (from + to + mean) + Math.max(0, from - FAR * mean);
      wider[pair] = (int) Math.min(Integer.MAX_VALUE, Math.ceil(limits[pair] + drift));
    }
    return new RepairPlan(size, depths.clone(), wider, atoms);
  }

  /** The same plan for potentials that are still far from right. */
  RepairPlan withoutLimits() {
    return new RepairPlan(size, depths.clone(), unlimited(size), atoms);
  }

  boolean sameAs(RepairPlan other) {
    return this == other
        || (size == other.size
            && Arrays.equals(depths, other.depths)
            && Arrays.equals(limits, other.limits)
            && Arrays.equals(atoms, other.atoms));
  }

  /** Writes the plan. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(size);
    try (Packed.Writer packed = new Packed.Writer(out)) {
      for (int pair = 0; pair < depths.length; pair++) {
        packed.write(depths[pair]);
        packed.write(limits[pair]);
      }
    }
    out.writeInt(atoms.length);
    for (long atom : atoms) {
      out.writeLong(atom);
    }
    for (boolean code : renewed) {
      out.writeBoolean(code);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static RepairPlan read(DataInput in) throws IOException {
    int size = in.readInt();
    int[] depths = new int[Math.multiplyExact(size, size)];
    int[] limits = new int[depths.length];
    Packed.Reader packed = new Packed.Reader(in);
    for (int i = 0; i < depths.length; i++) {
      depths[i] = packed.readInt();
      limits[i] = packed.readInt();
    }
    long[] atoms = new long[in.readInt()];
    for (int i = 0; i < atoms.length; i++) {
      atoms[i] = in.readLong();
    }
    boolean[] renewed = new boolean[size];
    for (int k = 0; k < size; k++) {
      renewed[k] = in.readBoolean();
    }
    return new RepairPlan(size, depths, limits, atoms, renewed);
  }
}
