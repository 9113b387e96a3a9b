package io.semanticids.workflows;

import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverterException;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Fails whoever sends a payload that is too large: what is large belongs into the store. */
final class PayloadBudget implements PayloadCodec {
  private final int most;
  private final AtomicInteger largest = new AtomicInteger();

  PayloadBudget(int mostBytes) {
    this.most = mostBytes;
  }

  int largestBytes() {
    return largest.get();
  }

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    for (Payload payload : payloads) {
      int bytes = payload.getSerializedSize();
      largest.accumulateAndGet(bytes, Math::max);
      if (bytes > most) {
        throw new DataConverterException(
            "A payload of %d bytes; at most %d are allowed.".formatted(bytes, most));
      }
    }
    return payloads;
  }

  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return payloads;
  }
}
