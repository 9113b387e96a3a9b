package io.semanticids.sid;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * One bar for the stage in hand. A finished stage leaves a line with its time, unless it took less
 * than a second: some twenty do.
 */
final class ProgressBars implements ProgressDisplay {
  private static final int WIDTH = 100;

  private @Nullable String stage;
  private @Nullable ProgressBar bar;

  @Override
  public synchronized void detail(String text) {
    if (bar != null) {
      bar.setExtraMessage(text);
    }
  }

  @Override
  public synchronized void progress(String name, long done, long total, String unit) {
    ProgressBar shown = bar;
    if (shown == null || !name.equals(stage)) {
      close();
      shown =
          new ProgressBarBuilder()
              .setTaskName("%-10s".formatted(name))
              .setInitialMax(max(total))
              .setUnit(" " + unit, 1)
              .setSpeedUnit(ChronoUnit.SECONDS)
              .setUpdateIntervalMillis(250)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
              .clearDisplayOnFinish()
              .showSpeed()
              .build();
      stage = name;
      bar = shown;
    }
    shown.maxHint(max(total));
    shown.stepTo(total > 0 ? Math.min(done, total) : done);
  }

  /** The library's word for an unknown end is -1. */
  private static long max(long total) {
    return total > 0 ? total : -1;
  }

  @Override
  public synchronized void finished(String name) {
    ProgressBar shown = bar;
    if (!name.equals(stage) || shown == null) {
      return;
    }
    Duration elapsed = shown.getTotalElapsed();
    close();
    if (elapsed.toMillis() >= ProgressLines.WORTH_A_LINE_MILLIS) {
      System.err.println(name + ": done in " + ProgressLines.span(elapsed.toMillis() / 1e3));
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
    }
    bar = null;
    stage = null;
  }
}
