package io.semanticids.store;

import org.jspecify.annotations.Nullable;

/** There is no room for the bytes: on this machine's disk or in the store. */
public final class StoreFullException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** The message names the value, the place and the remedy. */
  public StoreFullException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The message names the value, the place and the remedy. */
  public StoreFullException(String message) {
    super(message);
  }
}
