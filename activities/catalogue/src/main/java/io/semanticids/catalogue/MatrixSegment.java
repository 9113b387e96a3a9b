package io.semanticids.catalogue;

/**
 * A matrix that lies in a local file and is read in place.
 *
 * @param uri the file
 * @param offset where the first value lies, in bytes; little-endian, {@code rows x dimension},
 *     row-major from there
 * @param rows the number of rows, at least 1
 * @param dimension the number of values of a row
 * @param type {@code float16}, {@code float32} or {@code float64}
 */
public record MatrixSegment(String uri, long offset, long rows, int dimension, String type) {
  public MatrixSegment {
    if (offset < 0 || rows < 1 || dimension < 1) {
      throw new IllegalArgumentException(
          "A segment of %d x %d values at byte %d of %s is not one."
              .formatted(rows, dimension, offset, uri));
    }
    width(type);
  }

  /** The number of bytes of the matrix. */
  public long bytes() {
    return rows * dimension * width(type);
  }

  private static int width(String type) {
    return switch (type) {
      case "float16" -> 2;
      case "float32" -> 4;
      case "float64" -> 8;
      default ->
          throw new IllegalArgumentException(
              "The type (%s) must be float16, float32 or float64.".formatted(type));
    };
  }
}
