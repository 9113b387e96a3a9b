package io.semanticids.adapters;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.CostKernel;
import io.semanticids.tensor.CostScale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One engine for several problems that are solved side by side: each has its share of the threads,
 * and what a problem that has ended leaves goes to the passes that others begin after it.
 */
final class SharedThreads implements Arithmetic {
  private final Arithmetic arithmetic;
  private final AtomicInteger sharers;

  SharedThreads(Arithmetic arithmetic, int sharers) {
    this.arithmetic = arithmetic;
    this.sharers = new AtomicInteger(sharers);
  }

  /** One of those that share has ended. */
  void leave() {
    sharers.decrementAndGet();
  }

  @Override
  public CostKernel costs(Codewords codewords, CostScale scale, int[] potentials, int height) {
    return arithmetic.costs(codewords, scale, potentials, height);
  }

  @Override
  public int threads() {
    return Math.max(1, arithmetic.threads() / Math.max(1, sharers.get()));
  }

  @Override
  public String deviceClass() {
    return arithmetic.deviceClass();
  }

  /** The engine is another's. */
  @Override
  public void close() {}
}
