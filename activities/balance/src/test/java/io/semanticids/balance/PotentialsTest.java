package io.semanticids.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semanticids.tensor.CostScale;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PotentialsTest {
  private static final CostScale SCALE = new CostScale(1024);

  @Test
  void areCentred() {
    Potentials potentials = Potentials.of(new long[] {10, 20, 60}, SCALE);
    assertThat(potentials.values()).containsExactly(-20, -10, 30);
  }

  @Test
  void codesThatAreNeverTakenAreRaised() {
    Potentials potentials = Potentials.of(new long[] {0, -(1L << 40)}, SCALE);
    assertThat(potentials.values()[0] - potentials.values()[1]).isEqualTo(1L << 28);
  }

  @Test
  void wideOnesAreRefused() {
    assertThatThrownBy(() -> new Potentials(new long[] {0, 1L << 29}, SCALE))
        .hasMessageContaining("2^28");
  }

  @Test
  void changeTheirFixedPointExactly() {
    Potentials potentials = Potentials.of(new long[] {-8, 0, 8}, SCALE);
    assertThat(potentials.in(new CostScale(4096)).values()).containsExactly(-32, 0, 32);
    assertThat(potentials.in(new CostScale(4096)).in(SCALE)).isEqualTo(potentials);
    assertThat(potentials.toReal()).containsExactly(-8 / 1024.0, 0, 8 / 1024.0);
  }

  @Test
  void comeBackFromBytes() {
    Potentials potentials = Potentials.of(new long[] {5, -7, 1L << 27}, SCALE);
    assertThat(Levels.read(Levels.bytes(potentials::write), Potentials::read))
        .isEqualTo(potentials);
  }

  @Test
  void capacitiesGiveTheFullestCodesOneMore() {
    assertThat(Capacities.of(new long[] {3, 5, 5, 0, 1})).containsExactly(3, 3, 3, 2, 3);
    assertThat(Capacities.of(new long[] {0, 2, 0, 0})).containsExactly(1, 1, 0, 0);
    assertThat(Arrays.stream(Capacities.of(new long[1000])).sum()).isZero();
  }
}
