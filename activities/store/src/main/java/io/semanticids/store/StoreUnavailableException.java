package io.semanticids.store;

import org.jspecify.annotations.Nullable;

/** The store cannot be reached or is overloaded. Trying again later helps. */
public final class StoreUnavailableException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** The message names the value, the place and the remedy. */
  public StoreUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The message names the value, the place and the remedy. */
  public StoreUnavailableException(String message) {
    super(message);
  }
}
