package io.semanticids.publish;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;

/**
 * {@code timings.json}: how long a run took. Nothing else depends on it.
 *
 * @param computation seconds of computation, summed over tasks; its fields stand at the top of the
 *     file
 * @param wall seconds from the first start to the last end of each stage
 * @param attempts tasks that were started, retries included
 * @param redone units of work that were computed more than once
 */
public record Timings(
    @JsonUnwrapped Seconds computation, Seconds wall, long attempts, long redone) {
  /** The object's name in a run's folder. */
  public static final String NAME = "timings.json";

  /** Seconds a stage; {@code total} is that of the whole run. */
  public record Seconds(
      double prepare,
      double embed,
      double fit,
      double encode,
      double balance,
      double evaluate,
      double publish,
      double total) {
    public Seconds {
      for (double value :
          new double[] {prepare, embed, fit, encode, balance, evaluate, publish, total}) {
        if (!(value >= 0) || Double.isInfinite(value)) {
          throw new IllegalArgumentException(
              "Seconds (%s) must be finite and not negative.".formatted(value));
        }
      }
    }
  }

  /** The file's content. */
  public byte[] write() {
    return Json.pretty(this);
  }

  /** Reads what {@link #write} wrote. */
  public static Timings read(byte[] content) throws IOException {
    return Json.MAPPER.readValue(content, Timings.class);
  }
}
