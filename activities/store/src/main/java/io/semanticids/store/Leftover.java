package io.semanticids.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a killed process left behind before its object was complete: a file or an upload that nobody
 * can see.
 *
 * @param at the unfinished file, or the object that the upload was for
 * @param bytes its length; 0 for an upload, whose length is not known
 * @param since when it was last written, or begun
 * @param upload the id of an unfinished upload; null for a file
 */
public record Leftover(Location at, long bytes, Instant since, @Nullable String upload) {
  public Leftover {
    requireNonNull(at, "at");
    requireNonNull(since, "since");
  }
}
