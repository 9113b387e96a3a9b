package io.semanticids.sid.e2e;

import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Small inputs that are made here. */
final class Inputs {
  private Inputs() {}

  /** JSON lines: one row an index. */
  static String lines(int rows, IntFunction<String> row) {
    return IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n", "", "\n"));
  }

  /** An ordinary row. */
  static String item(int i) {
    return "{\"id\": \"%d\", \"title\": \"Item number %d\"}".formatted(i, i);
  }

  /** Vectors around a few centres, about of unit length, no two equal. */
  static Matrix vectors(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int centres = 7;
    double[] centre = random.doubles((long) centres * columns, -1, 1).toArray();
    double[] values = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      int of = random.nextInt(centres);
      for (int j = 0; j < columns; j++) {
        values[i * columns + j] =
            (float) (centre[of * columns + j] / Math.sqrt(columns) + random.nextDouble(-0.2, 0.2));
      }
    }
    return new Matrix(rows, columns, values);
  }
}
