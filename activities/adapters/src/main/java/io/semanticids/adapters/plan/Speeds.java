package io.semanticids.adapters.plan;

import java.util.List;

/**
 * How fast this machine is, measured with the kernels themselves.
 *
 * @param scanSeconds seconds that one row takes at each level to find its nearest code, all threads
 *     at work
 * @param textsPerSecond that the model embeds; 0 where vectors are given
 */
public record Speeds(List<Double> scanSeconds, double textsPerSecond) {
  public Speeds {
    scanSeconds = List.copyOf(scanSeconds);
  }
}
