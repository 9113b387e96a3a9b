package io.semanticids.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.PlainArithmetic;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import io.semanticids.tensor.TensorArithmetic;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KMeansTest {
  private static final Arithmetic PLAIN = new PlainArithmetic(2);

  @ParameterizedTest
  @CsvSource({"1,3000,8", "48,3000,24", "100,3000,16", "1000,3000,12"})
  void theErrorIsThatOfTheCodewordsAndDoesNotRise(int size, int count, int dimension) {
    Rows rows = Rows.of(Samples.clustered(count, dimension, 60, 0.5, 1), dimension);
    double before = Double.POSITIVE_INFINITY;
    for (int rounds = 0; rounds <= 6; rounds++) {
      LevelFit fit = fit(rows, new KMeansSettings(size, rounds, 0, 5), PLAIN);
      assertThat(fit.meanSquaredError())
          .isCloseTo(Samples.meanSquaredError(rows, fit.codewords()), within(1e-6))
          .isLessThanOrEqualTo(before + 1e-7);
      before = fit.meanSquaredError();
    }
  }

  @Test
  void oneCodewordIsTheMean() {
    float[] values = Samples.clustered(500, 3, 4, 0.5, 2);
    LevelFit fit = fit(Rows.of(values, 3), KMeansSettings.of(1, 1), PLAIN);
    for (int j = 0; j < 3; j++) {
      double sum = 0;
      for (int i = 0; i < 500; i++) {
        sum += values[i * 3 + j];
      }
      assertThat((double) fit.codewords().values()[j]).isCloseTo(sum / 500, within(1e-6));
    }
  }

  @Test
  void findsClustersThatLieApart() {
    Rows rows = Rows.of(Samples.clustered(4_000, 32, 48, 0.05, 3), 32);
    assertThat(fit(rows, KMeansSettings.of(48, 1), PLAIN).meanSquaredError())
        .isCloseTo(0.05 * 0.05, within(0.0003));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 40})
  void moreCodewordsThanRowsCoverAllRows(int count) {
    Rows rows = Rows.of(Samples.clustered(count, 6, 3, 0.5, 4), 6);
    LevelFit fit = fit(rows, KMeansSettings.of(64, 1), PLAIN);
    assertThat(fit.meanSquaredError()).isZero();
    assertFinite(fit.codewords());
  }

  @ParameterizedTest
  @ValueSource(floats = {0f, 1f, 0x1p-66f, 0x1p50f})
  void equalRowsAreNoTrouble(float value) {
    float[] values = new float[300 * 5];
    Arrays.fill(values, value);
    LevelFit fit = fit(Rows.of(values, 5), KMeansSettings.of(7, 1), PLAIN);
    assertThat(fit.meanSquaredError()).isZero();
    assertThat(Arrays.copyOf(fit.codewords().values(), 5)).isEqualTo(Arrays.copyOf(values, 5));
    assertFinite(fit.codewords());
  }

  @Test
  void manyDuplicatesDoNotTakeTheCodewordsOfOthers() {
    float[] values = Samples.clustered(2_000, 4, 30, 0.3, 5);
    for (int i = 0; i < 1_900; i++) {
      System.arraycopy(values, 0, values, i * 4, 4);
    }
    // 101 different rows.
    LevelFit fit = fit(Rows.of(values, 4), KMeansSettings.of(128, 1), PLAIN);
    assertThat(fit.meanSquaredError()).isZero();
  }

  @Test
  void emptyClustersAreRefilledFromFarRows() {
    Rows rows = Rows.of(new float[] {0, 0.1f, 0.2f, 10, 10, 20}, 1);
    Codewords start = new Codewords(new float[] {0.1f, -100, 0.1f, 0.1f}, 4, 1);
    LevelFit fit =
        KMeans.refine(start, rows, 100, new KMeansSettings(4, 25, 0, 1), PLAIN, Progress.NONE);
    assertThat(fit.emptyRefilled()).isGreaterThanOrEqualTo(3);
    assertThat(fit.meanSquaredError()).isLessThan(0.01);
  }

  @Test
  void threadsDoNotChangeABit() {
    Rows rows = Rows.of(Samples.clustered(20_000, 33, 200, 0.4, 6), 33);
    try (Arithmetic one = TensorArithmetic.open(1);
        Arithmetic two = TensorArithmetic.open(2);
        Arithmetic seven = TensorArithmetic.open(7)) {
      LevelFit expected = fit(rows, KMeansSettings.of(100, 9), one);
      for (Arithmetic other : new Arithmetic[] {two, seven}) {
        LevelFit actual = fit(rows, KMeansSettings.of(100, 9), other);
        assertThat(actual.codewords().values()).isEqualTo(expected.codewords().values());
        assertThat(actual.meanSquaredError()).isEqualTo(expected.meanSquaredError());
      }
    }
  }

  @Test
  void manyRowsArePassedInParts() {
    int count = 50_000;
    Rows rows = Rows.of(Samples.clustered(count, 16, 100, 0.4, 10), 16);
    KMeansSettings settings = KMeansSettings.of(64, 1);
    AtomicLong progress = new AtomicLong();
    try (Arithmetic one = TensorArithmetic.open(1);
        Arithmetic seven = TensorArithmetic.open(7)) {
      LevelFit fit = KMeans.fit(rows, Samples.maxNorm(rows), settings, one, progress::addAndGet);
      // Three parts; seeds on every fourth row of one, 64 of them, then eight rounds on it.
      int part = (count + 2) / 3;
      assertThat(progress)
          .hasValue(64L * ((part + 3) / 4) + 8L * part + (fit.rounds() + 1L) * count);
      assertThat(fit(rows, settings, seven).codewords().values())
          .isEqualTo(fit.codewords().values());
      double error = Samples.meanSquaredError(rows, fit.codewords());
      assertThat(fit.meanSquaredError()).isCloseTo(error, within(0.002 * error));
      LevelFit settled =
          KMeans.refine(
              fit.codewords(),
              rows,
              Samples.maxNorm(rows),
              new KMeansSettings(64, 50, 0, 1),
              one,
              Progress.NONE);
      assertThat(error).isLessThan(1.01 * settled.meanSquaredError());
    }
  }

  @Test
  void tensorAndPlainFitEquallyWell() {
    Rows rows = Rows.of(Samples.clustered(5_000, 20, 50, 0.4, 7), 20);
    try (Arithmetic tensor = TensorArithmetic.open(2)) {
      assertThat(fit(rows, KMeansSettings.of(64, 1), tensor).meanSquaredError())
          .isCloseTo(fit(rows, KMeansSettings.of(64, 1), PLAIN).meanSquaredError(), within(0.002));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16})
  void seedingChoosesDifferentRowsAndDependsOnTheSeed(int trials) {
    Rows rows = Rows.of(Samples.clustered(900, 6, 9, 0.3, 8), 6);
    Codewords first = Seeding.of(rows, 4, 900, trials, 1, PLAIN, Progress.NONE);
    assertThat(Samples.meanSquaredError(rows, first)).isZero();
    assertThat(Seeding.of(rows, 4, 10, trials, 1, PLAIN, Progress.NONE).values())
        .isNotEqualTo(Seeding.of(rows, 4, 10, trials, 2, PLAIN, Progress.NONE).values());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void threadsDoNotChangeTheSeeds(int trials) {
    Rows rows = Rows.of(Samples.clustered(20_000, 8, 30, 0.3, 8), 8);
    double longest = Samples.maxNorm(rows);
    Codewords seeds =
        Seeding.of(rows, longest, 200, trials, 1, new PlainArithmetic(1), Progress.NONE);
    assertThat(
            Seeding.of(rows, longest, 200, trials, 1, new PlainArithmetic(5), Progress.NONE)
                .values())
        .isEqualTo(seeds.values());
  }

  @Test
  void seedingFindsAllDifferentRowsAmongManyEqualOnes() {
    float[] values = new float[2 * 10_000];
    for (int i = 0; i < 10_000; i++) {
      // Ten places, one of them with nearly all rows, two of them hardly apart.
      int place = i % 1_000 < 9 ? i % 1_000 : 9;
      values[2 * i] = place == 8 ? 7 + 1e-6f : place;
      values[2 * i + 1] = 100;
    }
    Rows rows = Rows.of(values, 2);
    for (int trials : new int[] {1, 4, 16}) {
      Codewords found = Seeding.of(rows, 101, 10, trials, 1, PLAIN, Progress.NONE);
      assertThat(Samples.meanSquaredError(rows, found)).as("%d trials", trials).isZero();
    }
  }

  @Test
  void progressCountsTheRowsOfAllSeedsAndRounds() {
    // A seed at a time, eight rounds with swaps, and a last pass that measures.
    Rows rows = Rows.of(Samples.clustered(700, 4, 9, 0.3, 9), 4);
    AtomicLong progress = new AtomicLong();
    LevelFit fit = KMeans.fit(rows, 5, new KMeansSettings(8, 3, 0, 1), PLAIN, progress::addAndGet);
    assertThat(progress).hasValue(700L * (8 + 8 + fit.rounds() + 1));
  }

  @Test
  void refusesNoRows() {
    assertThatThrownBy(() -> fit(Rows.of(new float[0], 3), KMeansSettings.of(2, 1), PLAIN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> KMeansSettings.of(0, 1)).hasMessageContaining("size (0)");
  }

  private static LevelFit fit(Rows rows, KMeansSettings settings, Arithmetic math) {
    double maxNorm = rows.count() == 0 ? 1 : Samples.maxNorm(rows);
    return KMeans.fit(rows, maxNorm, settings, math, Progress.NONE);
  }

  private static void assertFinite(Codewords codewords) {
    for (float value : codewords.values()) {
      assertThat(value).isFinite();
    }
  }
}
