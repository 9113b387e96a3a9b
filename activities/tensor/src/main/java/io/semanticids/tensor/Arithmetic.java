package io.semanticids.tensor;

/**
 * An engine for the heavy arithmetic. {@link PlainArithmetic} is the reference; the tensor engine
 * is held against it.
 *
 * <p>Thread-safe. Kernels are not: each thread opens its own.
 */
public interface Arithmetic extends AutoCloseable {
  /**
   * The height of a block where nobody asks for another: 512 to 8,192 rows are about equally fast.
   */
  int BLOCK = 2_048;

  /**
   * Opens a kernel for these codewords and blocks of at most {@code height} rows. The caller closes
   * it.
   *
   * @param potentials one a codeword, within 2^28 of zero: they are taken off the costs
   */
  CostKernel costs(Codewords codewords, CostScale scale, int[] potentials, int height);

  /** A kernel of plain costs. */
  default CostKernel costs(Codewords codewords, CostScale scale, int height) {
    return costs(codewords, scale, new int[codewords.size()], height);
  }

  /** How many threads a pass should use. */
  int threads();

  /**
   * Results are the same to the byte within one class, such as {@code
   * cpu-x86_64-avx2-mkl-AVX2,STRICT}.
   */
  String deviceClass();

  @Override
  void close();
}
