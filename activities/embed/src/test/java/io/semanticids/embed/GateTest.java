package io.semanticids.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final List<String> TEXTS =
      IntStream.range(0, 200).mapToObj(i -> "x".repeat(i + 1)).toList();

  @Test
  void aModelThatLooksAtEachTextAlonePasses() {
    GateResult result = Gate.check(new FakeEmbedder(0, "float32"), TEXTS);
    assertThat(result).isEqualTo(new GateResult(64, 1, 0, 0.9999));
  }

  @Test
  void aModelThatFeelsItsNeighboursIsRefusedWithTheFigure() {
    assertThatThrownBy(() -> Gate.check(new FakeEmbedder(0.1f, "float32"), TEXTS))
        .isInstanceOf(GateException.class)
        .hasMessageContaining("fake")
        .hasMessageContaining("cosine 0.99")
        .hasMessageContaining("below 0.9999");
  }

  @Test
  void halfPrecisionHasItsOwnThreshold() {
    assertThatThrownBy(() -> Gate.check(new FakeEmbedder(0.02f, "float32"), TEXTS))
        .isInstanceOf(GateException.class);
    assertThat(Gate.check(new FakeEmbedder(0.02f, "bfloat16"), TEXTS).minCosine())
        .isBetween(0.999, 0.9999);
  }

  @Test
  void noNumberIsRefused() {
    assertThatThrownBy(() -> Gate.check(new FakeEmbedder(Float.NaN, "float32"), TEXTS))
        .isInstanceOf(GateException.class)
        .hasMessageContaining("NaN");
  }

  @Test
  void fewTextsAndNoneAreEnough() {
    assertThat(Gate.check(new FakeEmbedder(0, "float32"), List.of("a")).texts()).isOne();
    assertThat(Gate.check(new FakeEmbedder(0, "float32"), List.of()).texts()).isZero();
  }

  /** Vectors (1, leak) in company and (1, 0) alone. */
  private record FakeEmbedder(float leak, String precision) implements TextEmbedder {
    @Override
    public String name() {
      return "fake";
    }

    @Override
    public int dimensions() {
      return 2;
    }

    @Override
    public ModelIdentity identity() {
      return new ModelIdentity("fake", "mean", precision, 2, 9, true, null, "0", "0");
    }

    @Override
    public long tokens() {
      return 0;
    }

    @Override
    public void embedWindows(List<List<String>> windows, float[] target, IntConsumer embedded) {
      List<String> texts = windows.isEmpty() ? List.of() : windows.get(0);
      for (int i = 0; i < texts.size(); i++) {
        target[2 * i] = 1;
        target[2 * i + 1] = texts.size() > 1 ? leak : 0;
      }
    }

    @Override
    public void close() {}
  }
}
