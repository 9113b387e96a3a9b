package io.semanticids.evaluate;

import java.math.BigInteger;
import java.util.List;

/**
 * All paths that levels of these sizes can make.
 *
 * @param sizes codes of each level, at least one level, all positive
 */
public record PathSpace(List<Integer> sizes) {
  public PathSpace {
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty() || sizes.stream().anyMatch(size -> size <= 0)) {
      throw new IllegalArgumentException(
          "The sizes (%s) must be positive, one a level.".formatted(sizes));
    }
  }

  /** The number of paths, P = the product of the sizes. */
  public BigInteger paths() {
    BigInteger product = BigInteger.ONE;
    for (int size : sizes) {
      product = product.multiply(BigInteger.valueOf(size));
    }
    return product;
  }
}
