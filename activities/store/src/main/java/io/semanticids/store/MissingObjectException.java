package io.semanticids.store;

import org.jspecify.annotations.Nullable;

/** The object, or the bucket it should be in, does not exist. */
public final class MissingObjectException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** The message names the value, the place and the remedy. */
  public MissingObjectException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The message names the value, the place and the remedy. */
  public MissingObjectException(String message) {
    super(message);
  }
}
