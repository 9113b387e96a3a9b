package io.semanticids.balance;

import java.util.Arrays;

/**
 * Clips Newton steps, each code by itself, and twice as far each time that a code's step is clipped
 * on the same side again: an isolated code may have to go hundreds of tau before its load follows.
 */
final class StepClips {
  private static final double MAX_CLIP = 256;

  private final double[] clips;
  private final boolean[] up;

  StepClips(int size) {
    this.clips = new double[size];
    this.up = new boolean[size];
    Arrays.fill(clips, NewtonStep.CLIP);
  }

  /** Better potentials; {@code tau} in integer costs, {@code damping} multiplies the ridge. */
  Potentials step(SoftLoads sums, Potentials potentials, double tau, double damping) {
    double[] step = NewtonStep.step(sums, tau, damping);
    for (int k = 0; k < step.length; k++) {
      if (up[k] != step[k] > 0) {
        up[k] = step[k] > 0;
        clips[k] = NewtonStep.CLIP;
      }
      double most = clips[k] * tau;
      if (Math.abs(step[k]) > most) {
        step[k] = up[k] ? most : -most;
        clips[k] = Math.min(MAX_CLIP, 2 * clips[k]);
      } else {
        clips[k] = NewtonStep.CLIP;
      }
    }
    return NewtonStep.add(potentials, step);
  }
}
