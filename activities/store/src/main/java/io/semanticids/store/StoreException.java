package io.semanticids.store;

import org.jspecify.annotations.Nullable;

/**
 * Something about an object or its store that the caller cannot go on with. The message is one line
 * or two: the value, the place, the remedy. The subclasses say what helps; only {@link
 * StoreUnavailableException} is worth a retry.
 */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message names the value, the place and the remedy. */
  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The message names the value, the place and the remedy. */
  public StoreException(String message) {
    super(message);
  }
}
