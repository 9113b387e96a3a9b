package io.semanticids.embed;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * A model whose batches are halved until the device's memory holds them. From then on no batch has
 * more tokens than the half that was tried next: each failure costs its time once.
 *
 * <p>On processors, and for {@code minilm} anywhere, a row's bytes do not depend on its batch. On a
 * GPU the last bits may: a run that had to halve may differ there from one that had not.
 */
final class ShrinkingBatches implements SentenceModel {
  private final SentenceModel model;
  private final AtomicInteger most = new AtomicInteger(Integer.MAX_VALUE);
  private final LongAdder halvings = new LongAdder();

  ShrinkingBatches(SentenceModel model) {
    this.model = model;
  }

  @Override
  public int width() {
    return model.width();
  }

  @Override
  public int padded(int tokens) {
    return model.padded(tokens);
  }

  @Override
  public float[] pooled(long[][] ids) {
    int rows = Math.max(1, most.get() / padded(ids[0].length));
    if (ids.length <= rows) {
      return whole(ids);
    }
    float[] all = new float[ids.length * width()];
    for (int from = 0; from < ids.length; from += rows) {
      float[] part = pooled(Arrays.copyOfRange(ids, from, Math.min(ids.length, from + rows)));
      System.arraycopy(part, 0, all, from * width(), part.length);
    }
    return all;
  }

  private float[] whole(long[][] ids) {
    try {
      return model.pooled(ids);
    } catch (RuntimeException e) {
      if (DeviceError.of(e).orElse(null) != DeviceError.OUT_OF_MEMORY || ids.length == 1) {
        throw e;
      }
      most.accumulateAndGet(ids.length / 2 * padded(ids[0].length), Math::min);
      halvings.increment();
      return pooled(ids);
    }
  }

  /** How often a batch was halved. */
  long halvings() {
    return halvings.sum();
  }

  /** Most tokens in a batch from now on; {@link Integer#MAX_VALUE} while none was halved. */
  int most() {
    return most.get();
  }

  @Override
  public void close() {
    model.close();
  }
}
