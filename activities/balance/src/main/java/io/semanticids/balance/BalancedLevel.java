package io.semanticids.balance;

import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.CostScale;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One level under potentials: all that a pass over rows needs to know.
 *
 * @param codewords {@code K x d}
 * @param potentials g, whose scale is that of all integer costs of the level
 * @param maxRowNorm no row of the level is longer
 * @param sigma mean squared error of the unbalanced level on the sample
 * @param tau the temperature of Newton steps on all rows, a squared distance; never negative
 * @param iterations Newton steps that were taken on the sample
 * @param batch rows in a block of a pass
 */
public record BalancedLevel(
    Codewords codewords,
    Potentials potentials,
    double maxRowNorm,
    double sigma,
    double tau,
    int iterations,
    int batch) {
  public BalancedLevel {
    if (codewords.size() != potentials.size()
        || !(maxRowNorm >= 0)
        || !(sigma >= 0)
        || !(tau >= 0)
        || batch < 1) {
      throw new IllegalArgumentException(
          "Wrong level: %d codewords, %d potentials, maxRowNorm %s, sigma %s, tau %s, batch %d."
              .formatted(codewords.size(), potentials.size(), maxRowNorm, sigma, tau, batch));
    }
  }

  /** K. */
  public int size() {
    return codewords.size();
  }

  /** The fixed point of costs and potentials. */
  public CostScale scale() {
    return potentials.scale();
  }

  /** The fixed point of {@code |r|^2}: below 2^34 a row, so that 2^29 rows can be summed. */
  public CostScale squares() {
    return squares(maxRowNorm);
  }

  static CostScale squares(double maxRowNorm) {
    double bound = Math.max(maxRowNorm * maxRowNorm, Double.MIN_NORMAL);
    return new CostScale(
        Math.scalb(1.0, Math.max(-100, Math.min(100, 33 - Math.getExponent(bound)))));
  }

  /** The same level under other potentials of the same scale. */
  public BalancedLevel withPotentials(Potentials other) {
    return new BalancedLevel(codewords, other, maxRowNorm, sigma, tau, iterations, batch);
  }

  /** The temperature in integer costs; at least one unit, so that equal rows divide by nothing. */
  double fixedTau() {
    return Math.max(1.0, tau * scale().factor());
  }

  /** Writes everything, the codewords too. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(codewords.dimension());
    potentials.write(out);
    ByteBuffer codeword = ByteBuffer.allocate(codewords.dimension() * Float.BYTES);
    for (int k = 0; k < codewords.size(); k++) {
      int from = k * codewords.dimension();
      codeword.asFloatBuffer().put(codewords.values(), from, codewords.dimension());
      out.write(codeword.array());
    }
    out.writeDouble(maxRowNorm);
    out.writeDouble(sigma);
    out.writeDouble(tau);
    out.writeInt(iterations);
    out.writeInt(batch);
  }

  /** Reads what {@link #write} wrote. */
  public static BalancedLevel read(DataInput in) throws IOException {
    int dimension = in.readInt();
    Potentials potentials = Potentials.read(in);
    float[] values = new float[Math.multiplyExact(potentials.size(), dimension)];
    ByteBuffer codeword = ByteBuffer.allocate(dimension * Float.BYTES);
    for (int k = 0; k < potentials.size(); k++) {
      in.readFully(codeword.array());
      codeword.asFloatBuffer().get(values, k * dimension, dimension);
    }
    return new BalancedLevel(
        new Codewords(values, potentials.size(), dimension),
        potentials,
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readInt(),
        in.readInt());
  }
}
