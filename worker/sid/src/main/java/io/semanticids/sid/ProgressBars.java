package io.semanticids.sid;

import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** One bar a stage; the finished ones stay above it. */
final class ProgressBars implements ProgressDisplay {
  private static final int WIDTH = 100;

  private @Nullable String stage;
  private @Nullable ProgressBar bar;

  @Override
  public synchronized void progress(String name, long done, long total, String unit) {
    ProgressBar shown = bar;
    if (shown == null || !name.equals(stage)) {
      close();
      shown =
          new ProgressBarBuilder()
              .setTaskName("%-10s".formatted(name))
              .setInitialMax(total)
              .setUnit(" " + unit, 1)
              .setSpeedUnit(ChronoUnit.SECONDS)
              .setUpdateIntervalMillis(250)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
              .showSpeed()
              .build();
      stage = name;
      bar = shown;
    }
    shown.maxHint(total);
    shown.stepTo(Math.min(done, total));
  }

  @Override
  public synchronized void finished(String name) {
    if (name.equals(stage) && bar != null) {
      bar.stepTo(bar.getMax());
      close();
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
