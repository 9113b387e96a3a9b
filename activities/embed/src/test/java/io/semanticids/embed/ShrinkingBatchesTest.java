package io.semanticids.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShrinkingBatchesTest {
  /** A model of two values a row on a device that holds so many tokens. */
  private static final class SmallDevice implements SentenceModel {
    private final int tokens;
    private final List<Integer> batches = new ArrayList<>();

    SmallDevice(int tokens) {
      this.tokens = tokens;
    }

    @Override
    public int width() {
      return 2;
    }

    @Override
    public int padded(int tokens) {
      return Math.max(2, tokens);
    }

    @Override
    public float[] pooled(long[][] ids) {
      batches.add(ids.length);
      if (ids.length * padded(ids[0].length) > tokens) {
        throw new EngineException(
            "CUDA out of memory. Tried to allocate 20.00 MiB (GPU 0; 79.10 GiB total capacity)");
      }
      float[] rows = new float[ids.length * 2];
      for (int i = 0; i < ids.length; i++) {
        rows[2 * i] = ids[i][0];
        rows[2 * i + 1] = ids[i].length;
      }
      return rows;
    }

    @Override
    public void close() {}
  }

  private static long[][] batch(int rows, int tokens) {
    long[][] ids = new long[rows][tokens];
    for (int i = 0; i < rows; i++) {
      ids[i][0] = i;
    }
    return ids;
  }

  private static float[] expected(int rows, int tokens) {
    return new SmallDevice(Integer.MAX_VALUE).pooled(batch(rows, tokens));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 15, 16, 33})
  void everyRowInItsPlace(int rows) {
    ShrinkingBatches model = new ShrinkingBatches(new SmallDevice(10));
    assertThat(model.pooled(batch(rows, 5))).isEqualTo(expected(rows, 5));
    assertThat(model.pooled(batch(rows, 2))).isEqualTo(expected(rows, 2));
  }

  @Test
  void findsOnceWhatTheDeviceHolds() {
    SmallDevice device = new SmallDevice(10);
    ShrinkingBatches model = new ShrinkingBatches(device);
    model.pooled(batch(8, 5));
    assertThat(device.batches).containsExactly(8, 4, 2, 2, 2, 2);
    assertThat(model.halvings()).isEqualTo(2);
    assertThat(model.most()).isEqualTo(10);
    device.batches.clear();
    model.pooled(batch(8, 5));
    model.pooled(batch(6, 1));
    // Computed at two tokens each: five are all that the half holds.
    assertThat(device.batches).containsExactly(2, 2, 2, 2, 5, 1);
    assertThat(model.halvings()).isEqualTo(2);
  }

  @Test
  void oneRowThatIsTooMuch() {
    ShrinkingBatches model = new ShrinkingBatches(new SmallDevice(10));
    assertThatThrownBy(() -> model.pooled(batch(4, 11)))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("CUDA out of memory");
    // Shorter ones still fit.
    assertThat(model.pooled(batch(4, 5))).isEqualTo(expected(4, 5));
  }

  @Test
  void othersErrorsAreNotTriedAgain() {
    List<Integer> batches = new ArrayList<>();
    SentenceModel broken =
        new SentenceModel() {
          @Override
          public int width() {
            return 2;
          }

          @Override
          public int padded(int tokens) {
            return tokens;
          }

          @Override
          public float[] pooled(long[][] ids) {
            batches.add(ids.length);
            throw new EngineException("CUDA error: device-side assert triggered");
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> new ShrinkingBatches(broken).pooled(batch(4, 5)))
        .hasMessageContaining("device-side assert");
    assertThat(batches).containsExactly(4);
  }
}
