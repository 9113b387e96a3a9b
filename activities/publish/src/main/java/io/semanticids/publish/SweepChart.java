package io.semanticids.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * Where the runs of a sweep lie in a drawing of {@value #WIDTH} x {@value #HEIGHT}: collision rate
 * over the floor to the right, relative error upwards, the share of neighbours with the first code
 * as the size of the disc.
 */
final class SweepChart {
  static final int WIDTH = 760;
  static final int HEIGHT = 420;
  private static final int LEFT = 70;
  private static final int RIGHT = 30;
  private static final int TOP = 25;
  private static final int BOTTOM = 55;
  private static final int TICKS = 5;

  private final List<SweepReport.Entry> runs;
  private final Axis across;
  private final Axis up;

  SweepChart(List<SweepReport.Entry> runs) {
    this.runs = runs;
    this.across = new Axis(runs, SweepReport.Entry::excess, LEFT, WIDTH - RIGHT);
    this.up = new Axis(runs, SweepReport.Entry::relativeError, HEIGHT - BOTTOM, TOP);
  }

  record Disc(String x, String y, String radius, boolean front, String number, String title) {}

  record Tick(String at, String text) {}

  List<Disc> discs() {
    List<Disc> discs = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      SweepReport.Entry run = runs.get(i);
      discs.add(
          new Disc(
              place(across.at(run.excess())),
              place(up.at(run.relativeError())),
              place(6 + 12 * Math.sqrt(run.neighbours().get(0))),
              run.pareto(),
              String.valueOf(i + 1),
              "%s: %s over the floor, relative error %s"
                  .formatted(
                      run.label(),
                      Figures.percent(run.excess()),
                      Figures.decimal(run.relativeError(), 4))));
    }
    return discs;
  }

  List<Tick> across() {
    return across.ticks(value -> Figures.decimal(100 * value, across.digits() - 2) + " %");
  }

  List<Tick> up() {
    return up.ticks(value -> Figures.decimal(value, up.digits()));
  }

  private static String place(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** A scale whose ends are round numbers. */
  private static final class Axis {
    private final double low;
    private final double step;
    private final int steps;
    private final double from;
    private final double to;

    Axis(
        List<SweepReport.Entry> runs,
        ToDoubleFunction<SweepReport.Entry> value,
        double from,
        double to) {
      double min = runs.stream().mapToDouble(value).min().orElse(0);
      double max = runs.stream().mapToDouble(value).max().orElse(1);
      double range = Math.max(max - min, 1e-3);
      double rough = range / TICKS;
      double power = Math.pow(10, Math.floor(Math.log10(rough)));
      double factor = rough / power;
      this.step = power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
      this.low = Math.max(0, Math.floor((min - range / 20) / step) * step);
      this.steps = Math.max(1, (int) Math.ceil((max + range / 20 - low) / step));
      this.from = from;
      this.to = to;
    }

    double at(double value) {
      return from + (to - from) * (value - low) / (steps * step);
    }

    int digits() {
      return Math.max(2, (int) Math.ceil(-Math.log10(step) - 1e-9));
    }

    List<Tick> ticks(DoubleFunction<String> text) {
      List<Tick> ticks = new ArrayList<>();
      for (int i = 0; i <= steps; i++) {
        double value = low + i * step;
        ticks.add(new Tick(place(at(value)), text.apply(value)));
      }
      return ticks;
    }
  }
}
