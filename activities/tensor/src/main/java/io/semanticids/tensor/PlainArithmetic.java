package io.semanticids.tensor;

/**
 * The reference: plain Java, sums in double precision and in the order of the dimensions, so
 * results are the same on every machine.
 */
public final class PlainArithmetic implements Arithmetic {
  private final int threads;

  /** An engine whose passes use this many threads. */
  public PlainArithmetic(int threads) {
    if (threads <= 0) {
      throw new IllegalArgumentException(
          "The number of threads (%d) must be positive.".formatted(threads));
    }
    this.threads = threads;
  }

  @Override
  public CostKernel costs(Codewords codewords, CostScale scale, int[] potentials, int height) {
    return new PlainCostKernel(codewords, scale, potentials, height);
  }

  @Override
  public int threads() {
    return threads;
  }

  @Override
  public String deviceClass() {
    return "plain-java";
  }

  @Override
  public void close() {}
}
