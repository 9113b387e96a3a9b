package io.semanticids.balance;

/**
 * Finds potentials on rows that are read many times: tau falls, one Newton step at each, then steps
 * at the last tau until loads settle. There, and wherever soft loads are very uneven, a step that
 * lowers the smoothed dual is taken back and tried again with more damping.
 */
final class PotentialFit {
  private static final double START = 0.32;
  private static final double SETTLED = 0.002;
  private static final double MAX_DAMPING = 1e4;
  private static final int MAX_STRIDE = 4;

  /** A larger share of soft loads in excess is too much for steps that nobody looks back at. */
  private static final double UNEVEN = 0.3;

  /** A share of soft loads in excess that is little at a tau that is not the last. */
  private static final double EVEN = 0.1;

  /** Octaves that the first tau is raised by, at most. */
  private static final int MAX_WARMER = 12;

  /** Steps at one tau where soft loads are uneven, at most. */
  private static final int CAREFUL = 8;

  private final SampleCosts costs;
  private final double lastTau;
  private final StepClips clips;
  private Potentials potentials;
  private double smooth;
  private int steps;

  /**
   * A fit that has done nothing yet.
   *
   * @param lastTau in integer costs, at least 1
   */
  PotentialFit(SampleCosts costs, Potentials start, double lastTau) {
    this.costs = costs;
    this.potentials = start;
    this.lastTau = lastTau;
    this.clips = new StepClips(start.size());
  }

  /**
   * Anneals from a tau of {@code START sigma} on, or a warmer one where soft loads are very uneven
   * there: until they are nearly even. A step goes a few tau far: where many rows are near few
   * codes, the other codes must draw them from much farther away than rows are from their nearest
   * codes.
   *
   * @param sigma in integer costs
   * @param iterations at most so many steps
   * @param last at most so many of them at the last tau
   */
  void anneal(double sigma, int iterations, int last) {
    int octaves = 0;
    while (lastTau * Math.scalb(1.0, octaves + 1) <= START * sigma) {
      octaves++;
    }
    SoftLoads sums = softLoads(octaves);
    double allowed = UNEVEN;
    for (int warmer = 0; warmer < MAX_WARMER && excess(sums) > allowed; warmer++) {
      allowed = EVEN;
      octaves++;
      sums = softLoads(octaves);
    }
    int stages = Math.min(octaves, iterations - 1);
    for (int stage = 0; stage < stages; stage++) {
      double over = octaves * (1 - (double) stage / stages);
      step(stage == 0 ? sums : softLoads(over), over, iterations - steps - (stages - stage));
    }
    settle(Math.min(last, iterations - steps));
  }

  /** One step from these sums, or at most {@code most} where they are uneven. */
  private void step(SoftLoads sums, double octaves, int most) {
    double tau = tau(octaves);
    if (excess(sums) > UNEVEN) {
      climb(sums, tau, stride(octaves), Math.min(CAREFUL, most), EVEN);
    } else {
      potentials = clips.step(sums, potentials, tau, 1);
      steps++;
    }
  }

  /** So many octaves over the last tau. */
  private double tau(double octaves) {
    return lastTau * StrictMath.pow(2, octaves);
  }

  /** The warmer, the less do few rows differ from all; and the more codes does a row touch. */
  private static int stride(double octaves) {
    return (int) Math.max(1, Math.min(MAX_STRIDE, StrictMath.pow(2, octaves) / 8));
  }

  private SoftLoads softLoads(double octaves) {
    return costs.softLoads(potentials, tau(octaves), stride(octaves));
  }

  /** At most so many steps at the last tau. */
  void settle(int iterations) {
    SoftLoads start = costs.softLoads(potentials, lastTau);
    smooth = dual(climb(start, lastTau, 1, iterations, SETTLED), potentials);
  }

  /**
   * At most so many steps at this tau, until no larger share of the soft loads is in excess; the
   * sums under the new potentials come back.
   */
  private SoftLoads climb(SoftLoads start, double tau, int stride, int iterations, double settled) {
    double damping = 1;
    SoftLoads sums = start;
    for (int i = 0; i < iterations && excess(sums) > settled && damping < MAX_DAMPING; i++) {
      Potentials tried = clips.step(sums, potentials, tau, damping);
      SoftLoads there = costs.softLoads(tried, tau, stride);
      steps++;
      if (dual(there, tried) >= dual(sums, potentials)) {
        potentials = tried;
        sums = there;
        damping = Math.max(1, damping / 8);
      } else {
        damping *= 16;
      }
    }
    return sums;
  }

  private static double excess(SoftLoads sums) {
    double[] shares = sums.shares();
    double sum = 0;
    for (double share : shares) {
      sum += Math.abs(share - 1.0 / shares.length);
    }
    return sum / 2;
  }

  private static double dual(SoftLoads sums, Potentials potentials) {
    double mean = 0;
    for (long value : potentials.values()) {
      mean += (double) value / potentials.size();
    }
    return (double) sums.smooth() / sums.rows() + mean;
  }

  Potentials potentials() {
    return potentials;
  }

  /** The smoothed dual value of a row, in integer costs, without {@code |r|^2}. */
  double smooth() {
    return smooth;
  }

  int steps() {
    return steps;
  }
}
