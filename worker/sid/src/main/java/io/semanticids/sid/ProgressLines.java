package io.semanticids.sid;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Plain lines for logs and pipes: one every ten seconds, and one at the end of a stage.
 *
 * <pre>
 * embed: 1,024 of 3,444 texts, 46/s, 53 s left
 * embed: done in 75 s
 * </pre>
 */
final class ProgressLines implements ProgressDisplay {
  private static final long INTERVAL = Duration.ofSeconds(10).toNanos();

  /** Stages that took less are not worth a line of their own. */
  static final long WORTH_A_LINE_MILLIS = 1_000;

  private final PrintStream err;
  private final LongSupplier nanoTime;
  private @Nullable String stage;
  private long firstDone;
  private long startedAt;
  private long saidAt;
  private String detail = "";

  /**
   * Prints lines.
   *
   * @param nanoTime the clock, {@code System::nanoTime} outside tests
   */
  ProgressLines(PrintStream err, LongSupplier nanoTime) {
    this.err = err;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized void detail(String text) {
    detail = text;
  }

  @Override
  public synchronized void progress(String name, long done, long total, String unit) {
    long now = nanoTime.getAsLong();
    if (!name.equals(stage)) {
      stage = name;
      firstDone = done;
      startedAt = now;
      saidAt = now;
    }
    if (now - saidAt < INTERVAL) {
      return;
    }
    saidAt = now;
    double seconds = (now - startedAt) / 1e9;
    double rate = (done - firstDone) / seconds;
    StringBuilder line = new StringBuilder(name).append(": ").append(grouped(done));
    if (total > 0) {
      line.append(" of ").append(grouped(total));
    }
    line.append(' ').append(unit).append(", ").append(rate(rate)).append("/s");
    if (!detail.isEmpty()) {
      line.append(", ").append(detail);
    }
    if (rate > 0 && total > done) {
      line.append(", ").append(span((total - done) / rate)).append(" left");
    }
    err.println(line);
  }

  @Override
  public synchronized void finished(String name) {
    if (name.equals(stage)) {
      double seconds = (nanoTime.getAsLong() - startedAt) / 1e9;
      if (seconds * 1e3 >= WORTH_A_LINE_MILLIS) {
        err.println(name + ": done in " + span(seconds));
      }
      stage = null;
      detail = "";
    }
  }

  @Override
  public void close() {}

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Two figures are enough: {@code 46} or {@code 1.3}. */
  static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 10 ? "%.1f" : "%,.0f", perSecond);
  }

  /** {@code 53 s}, {@code 4 min 10 s}, {@code 2 h 5 min}. */
  static String span(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 1) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 3600) {
      return whole / 60 + " min " + whole % 60 + " s";
    }
    return whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }
}
