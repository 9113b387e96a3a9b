package io.semanticids.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArithmeticPiecesTest {
  @ParameterizedTest
  @ValueSource(doubles = {1, 1.7, 100, 123_456.7, 1e9})
  void exponentialsAreThoseOfTheLibrary(double tau) {
    Exponentials exponentials = new Exponentials(tau);
    assertThat((double) exponentials.limit())
        .isGreaterThanOrEqualTo(Math.min(17.9 * tau - 1, 1 << 30));
    for (int i = 0; i <= 1_000; i++) {
      int e = (int) ((long) exponentials.limit() * i / 1_000);
      assertThat(exponentials.of(e)).isCloseTo(StrictMath.exp(-e / tau), within(1e-11));
    }
  }

  @Test
  void binsOfMarginsAreAscendingAndHoldTheirEdge() {
    int last = 0;
    for (long margin = 0;
        margin < 1L << 30;
        margin = margin < 100 ? margin + 1 : margin * 21 / 20) {
      int bin = Margins.bin((int) margin);
      assertThat(bin).isBetween(last, Margins.BINS - 1);
      assertThat(Margins.edge(bin)).isLessThanOrEqualTo(margin);
      assertThat(Margins.edge(bin)).isGreaterThanOrEqualTo(margin * 3 / 4);
      assertThat(Margins.bin((int) Margins.edge(bin))).isEqualTo(bin);
      last = bin;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 31, 32, 33, 100, 600})
  void choleskySolves(int size) {
    SplittableRandom random = new SplittableRandom(size);
    double[][] full = new double[size][size];
    double[] expected = new double[size];
    for (int i = 0; i < size; i++) {
      expected[i] = random.nextDouble() - 0.5;
      for (int j = 0; j < i; j++) {
        full[i][j] = random.nextDouble() - 0.5;
        full[j][i] = full[i][j];
      }
    }
    double[] b = new double[size];
    for (int i = 0; i < size; i++) {
      full[i][i] = size;
    }
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        b[i] += full[i][j] * expected[j];
      }
    }
    new Cholesky(full).solve(b);
    for (int i = 0; i < size; i++) {
      assertThat(b[i]).isCloseTo(expected[i], within(1e-9));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 64, 100, 257})
  void theLeastIsThatOfOneComparisonAfterTheOther(int size) {
    SplittableRandom random = new SplittableRandom(size);
    for (int trial = 0; trial < 50; trial++) {
      int[] costs = random.ints(size + 3, -20, 20).toArray();
      int[] potentials = random.ints(size, -20, 20).toArray();
      int[] scores = new int[size];
      Least.scores(costs, 3, potentials, scores);
      for (int k = 0; k < size; k++) {
        assertThat(scores[k]).isEqualTo(costs[3 + k] - potentials[k]);
      }
      int from = random.nextInt(size);
      int place = from + random.nextInt(size - from);
      int[] there = Arrays.copyOfRange(scores, from, size);
      assertThat(Least.min(scores, from, size - from))
          .isEqualTo(Arrays.stream(there).min().getAsInt());
      there[place - from] = Integer.MAX_VALUE;
      assertThat(Least.besides(place, scores, from, size - from))
          .isEqualTo(Arrays.stream(there).min().getAsInt());
    }
  }

  @Test
  void heapsGiveTheLeastFirst() {
    SplittableRandom random = new SplittableRandom(3);
    PairingHeaps heaps = new PairingHeaps();
    TreeMap<Long, Integer> expected = new TreeMap<>();
    int root = -1;
    for (int step = 0; step < 20_000; step++) {
      if (expected.isEmpty() || random.nextInt(5) < 3) {
        int key = random.nextInt(-50, 50);
        root = heaps.add(root, key, step);
        expected.put(((long) key << 32) + step, step);
      } else {
        long first = expected.firstKey();
        assertThat(((long) heaps.key(root) << 32) + heaps.item(root)).isEqualTo(first);
        expected.remove(first);
        root = heaps.removeLeast(root);
      }
    }
  }

  @Test
  void stridesReadEveryOtherBlock() {
    float[] values = new float[23];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    StridedRows rows =
        new StridedRows(io.semanticids.tensor.Rows.of(values, 1), values.length, 3, 3);
    float[] read = new float[9];
    assertThat(rows.count()).isEqualTo(9);
    rows.read(0, 9, read);
    assertThat(read).containsExactly(0, 1, 2, 9, 10, 11, 18, 19, 20);
    rows.read(2, 3, read);
    assertThat(java.util.Arrays.copyOf(read, 3)).containsExactly(2, 9, 10);
    // However a pass is cut, each chosen row is in one part: those of the part's rows before the
    // cut.
    for (int cut = 0; cut <= values.length; cut++) {
      int before = (int) rows.before(cut);
      for (int i = 0; i < before; i++) {
        rows.read(i, 1, read);
        assertThat(read[0]).isLessThan(cut);
      }
      for (int i = before; i < rows.count(); i++) {
        rows.read(i, 1, read);
        assertThat(read[0]).isGreaterThanOrEqualTo(cut);
      }
    }
  }
}
