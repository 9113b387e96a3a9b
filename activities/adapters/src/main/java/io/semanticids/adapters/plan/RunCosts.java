package io.semanticids.adapters.plan;

import io.semanticids.adapters.plan.RunPlan.PlannedStage;
import io.semanticids.balance.SmallGroups;
import io.semanticids.balance.SoftLoads;
import io.semanticids.quantize.KMeans;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tasks, objects, bytes and seconds of each stage. Seconds are in scans: the time in which a row
 * finds its nearest code, which {@link Speeds} measures. How many of them a step takes was counted
 * on runs of 200,000, 1,000,000 and 54,513,856 rows; they say the order of magnitude, hardly more.
 */
final class RunCosts {
  /** Seeding, rounds with swaps, and Lloyd rounds until the error stands still. */
  private static final double FIT_SCANS = 8;

  /** The same, then balanced rounds. */
  private static final double BALANCED_FIT_SCANS = 85;

  /** Without rounds: Newton steps alone. */
  private static final double NEWTON_SCANS = 8;

  /** Rows that potentials are settled on where there are many, and in how many scans. */
  private static final long WIDE_ROWS = 1L << 20;

  private static final double WIDE_SCANS = 20;

  private static final double SOFT_SCANS = 1.5;
  private static final double REPAIR_SCANS = 4;

  /** Lists fill once: so many rows take so many scans more. */
  private static final long LIST_ROWS = 1L << 20;

  private static final double LIST_SCANS = 4;
  private static final double REPAIRS = 2;
  private static final double ASSIGN_SCANS = 2;
  private static final double EVALUATE_SCANS = 1.5;

  /** Of one row and code in a small exact problem. */
  private static final double GROUP_SECONDS = 1.2e-8;

  /** Of one row and code in a problem that is not small. */
  private static final double LARGE_GROUP_SECONDS = 2.5e-8;

  /** Problems that are not small are solved side by side in about so much memory. */
  private static final long LARGE_GROUPS_BYTES = 1L << 30;

  /** To write a value of a vector where its prefix lies, and to read it again. */
  private static final double SHUFFLE_SECONDS = 4e-9;

  /** Prefix and number of a row, beside its vector, in the copy that is sorted by prefix. */
  private static final long SORTED_BYTES = 12;

  private static final double EVALUATE_SECONDS = 2;
  private static final double PREPARE_ROW_SECONDS = 1.5e-6;

  /** To read a byte of vectors and hash it. */
  private static final double PREPARE_BYTE_SECONDS = 2e-9;

  private static final double PUBLISH_ROW_SECONDS = 3e-6;

  /** An item's id, its vector's number and its group's, in an item shard. */
  private static final long ITEM_BYTES = 24;

  /** Of a row of semantic IDs: Parquet; JSON lines and index, which there are up to a million. */
  private static final long PARQUET_BYTES = 12;

  private static final long JSON_BYTES = 120;
  private static final long JSON_ROWS = 1_000_000;
  private static final long MANY_ROWS = 10_000_000;
  private static final long REPAIRED_ONCE = 500_000;
  private static final long PROGRAM_BYTES = 500L << 20;
  private static final long KEPT_A_PAIR = 64;

  /** Of each pair of codes and thread, in a pass that collects moves. */
  private static final long PAIR_BYTES = 12;

  /** What the heap grows to before it is collected: 6.4 and 6.7 GB were seen where 4.0 are held. */
  private static final double UNCOLLECTED = 1.8;

  private final RunShape shape;
  private final @Nullable Speeds speeds;
  private final List<PlannedStage> stages = new ArrayList<>();
  private long scratch;

  RunCosts(RunShape shape, @Nullable Speeds speeds) {
    this.shape = shape;
    this.speeds = speeds;
    long rows = shape.rows();
    long copies = shape.texts() ? shape.textBytes() : shape.inPlace() ? 0 : vectors(4);
    add(
        "prepare",
        1,
        2 * shape.shards() + 3,
        rows * ITEM_BYTES + copies,
        shape.texts() ? rows * PREPARE_ROW_SECONDS : vectors(2) * PREPARE_BYTE_SECONDS);
    if (shape.texts()) {
      double seconds = speeds == null ? 0 : rows / Math.max(1e-9, speeds.textsPerSecond());
      add("embed", tasks(shape.shards()), parts(shape.shards()), vectors(2), seconds);
    }
    fit();
    balance();
    add(
        "evaluate",
        tasks(shape.reduced()),
        3,
        20_000,
        EVALUATE_SECONDS + shape.train() * scans() * EVALUATE_SCANS);
    add("publish", 1, 3, 20_000, rows * PUBLISH_ROW_SECONDS);
  }

  private void fit() {
    long bytes = 0;
    double seconds = 0;
    for (int level = 1; level <= shape.levels(); level++) {
      bytes += codewords(level);
      seconds += shape.sample(level) * FIT_SCANS * scan(level);
    }
    add("fit", shape.levels(), 3L * shape.levels(), bytes, seconds);
    add(
        "encode",
        tasks(shape.shards()),
        parts(shape.shards()),
        shape.rows() * 4 * shape.levels(),
        shape.rows() * scans() * shape.beam());
  }

  private void balance() {
    if (!shape.balanced()) {
      return;
    }
    for (int level = 1; level <= shape.levels(); level++) {
      if (shape.insidePrefixes(level)) {
        insidePrefixes(level);
      } else if (shape.uniform().get(level - 1)) {
        overCatalogue(level);
      } else {
        assign(level);
      }
    }
  }

  private void overCatalogue(int level) {
    double scan = scan(level);
    long size = shape.sizes().get(level - 1);
    double fit = shape.refit() ? BALANCED_FIT_SCANS : NEWTON_SCANS;
    long wide = Math.max(WIDE_ROWS, 512 * size);
    add(
        name(level, "fit"),
        1,
        3,
        2 * codewords(level),
        (shape.sample(level) * fit + (shape.train() < 4 * wide ? 0 : wide * WIDE_SCANS)) * scan);
    boolean many = shape.train() > MANY_ROWS;
    int passes = many ? 4 : 2;
    long sums = 8 * size * size / 2;
    add(
        name(level, "soft loads"),
        passes * tasks(shape.reduced()),
        3L * passes,
        passes * (codewords(level) + sums),
        passes * SoftLoads.chosen(shape.train(), (int) size) * SOFT_SCANS * scan);
    scratch = Math.max(scratch, shape.reduced() * sums);
    long lists = 12 * KEPT_A_PAIR * size * Math.min(size, KEPT_A_PAIR);
    scratch = Math.max(scratch, shape.reduced() * lists);
    double repairs = shape.train() > REPAIRED_ONCE ? 1 : REPAIRS;
    double scanned = shape.train() * REPAIR_SCANS + Math.min(shape.train(), LIST_ROWS) * LIST_SCANS;
    add(
        name(level, "repair"),
        Math.round(repairs * tasks(shape.reduced())),
        9,
        Math.round(repairs * (codewords(level) + lists)),
        repairs * scanned * scan);
    assign(level);
  }

  private void assign(int level) {
    add(
        name(level, "assign"),
        tasks(shape.shards()),
        parts(shape.shards()),
        shape.rows() * 4,
        shape.rows() * ASSIGN_SCANS * scan(level));
  }

  private void insidePrefixes(int level) {
    long prefixes = 1;
    for (int size : shape.sizes().subList(0, level - 1)) {
      prefixes = Math.multiplyExact(prefixes, (long) size);
    }
    long size = shape.sizes().get(level - 1);
    long rounds = shape.refit() ? (shape.rows() > MANY_ROWS ? 2 : 3) : 1;
    long units =
        Math.max(1, Math.min(64, Math.max(shape.train() / 262_144, prefixes * size / 16_777_216)));
    add(name(level, "fit"), 1, 3, codewords(level), shape.sample(level) * FIT_SCANS * scan(level));
    add(
        name(level, "inside prefixes"),
        rounds * tasks(units),
        rounds * (6 * units + 3),
        rounds * (12 * shape.train() + 8 * Math.min(prefixes, shape.train()) * size),
        shape.train()
            * (shape.dimension() * SHUFFLE_SECONDS
                + rounds * (size * groupSeconds(prefixes, size) + 2 * scan(level))));
    // One copy at a time, until the level's codes are in row order.
    long width = shape.halfs() ? 2 : 4;
    scratch = Math.max(scratch, shape.train() * (shape.dimension() * width + SORTED_BYTES));
    add(
        name(level, "into row order"),
        tasks(shape.shards()),
        parts(shape.shards()),
        shape.rows() * 4,
        shape.rows() * 5e-7);
  }

  private double groupSeconds(long prefixes, long size) {
    return large(prefixes, size) ? LARGE_GROUP_SECONDS : GROUP_SECONDS;
  }

  private boolean large(long prefixes, long size) {
    return !SmallGroups.small(shape.train() / prefixes, (int) size, shape.dimension());
  }

  List<PlannedStage> stages() {
    return List.copyOf(stages);
  }

  @Nullable Double seconds() {
    return speeds == null
        ? null
        : (Double) stages.stream().mapToDouble(stage -> orZero(stage.seconds())).sum();
  }

  private static double orZero(@Nullable Double seconds) {
    return seconds == null ? 0 : seconds;
  }

  RunPlan.Disk disk(@Nullable Long free) {
    long artifacts = stages.stream().mapToLong(PlannedStage::bytes).sum();
    long objects = stages.stream().mapToLong(PlannedStage::objects).sum();
    long published = shape.rows() * (PARQUET_BYTES + 4L * shape.levels()) + (1 << 20);
    if (shape.rows() <= JSON_ROWS) {
      published += shape.rows() * JSON_BYTES;
    }
    for (int level = 1; level <= shape.levels(); level++) {
      published += 2 * codewords(level);
      if (shape.insidePrefixes(level)) {
        long paths = 1;
        for (int size : shape.sizes().subList(0, level)) {
          paths *= size;
        }
        published += 4 * paths;
      }
    }
    return new RunPlan.Disk(artifacts, published, scratch, objects + 14, free);
  }

  /**
   * The most of: the sample with what is computed on it and the lists of moves, large prefixes that
   * are balanced side by side, codes of all rows; and codewords for the products of each thread.
   */
  long memory() {
    long most = 0;
    long kernels = 0;
    long prefixes = 1;
    for (int level = 1; level <= shape.levels(); level++) {
      long size = shape.sizes().get(level - 1);
      if (shape.insidePrefixes(level) && large(prefixes, size)) {
        most = Math.max(most, LARGE_GROUPS_BYTES);
      }
      // More than there are rows are none of them large.
      prefixes = Math.min(prefixes, shape.train() + 1) * size;
      long pairs =
          shape.uniform().get(level - 1) && !shape.insidePrefixes(level)
              ? (2 * 8 + PAIR_BYTES * shape.threads()) * size * size
                  + 2 * 12 * KEPT_A_PAIR * size * Math.min(size, KEPT_A_PAIR)
              : 0;
      long sample =
          shape.sample(level) + Math.min(shape.sample(level), KMeans.partRows((int) size));
      most = Math.max(most, 4 * sample * shape.dimension() + pairs);
      // A product's second factor lies in native memory, once a thread.
      kernels += 4L * shape.threads() * size * shape.dimension();
    }
    long codes = 4L * shape.levels() * (shape.balanced() ? 2 : 1) + 16 + 24;
    return PROGRAM_BYTES + kernels + (long) (UNCOLLECTED * Math.max(most, codes * shape.train()));
  }

  private void add(String name, long tasks, long objects, long bytes, double seconds) {
    stages.add(
        new PlannedStage(name, tasks, objects, bytes, speeds == null ? null : (Double) seconds));
  }

  private static String name(int level, String step) {
    return "balance level %d: %s".formatted(level, step);
  }

  private static long tasks(long units) {
    return Math.min(256, units);
  }

  /** Data and marker of each unit, and the manifest. */
  private static long parts(long units) {
    return 2 * units + 1;
  }

  private long vectors(int width) {
    return shape.rows() * shape.dimension() * width;
  }

  private long codewords(int level) {
    return 4L * shape.sizes().get(level - 1) * shape.dimension() + 4096;
  }

  private double scan(int level) {
    return speeds == null ? 0 : speeds.scanSeconds().get(level - 1);
  }

  /** Of a whole path. */
  private double scans() {
    return speeds == null
        ? 0
        : speeds.scanSeconds().stream().mapToDouble(Double::doubleValue).sum();
  }
}
