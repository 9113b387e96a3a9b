package io.semanticids.store;

import org.jspecify.annotations.Nullable;

/**
 * The store refuses: credentials, permissions or settings are wrong. Trying again does not help.
 */
public final class StoreDeniedException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** The message names the value, the place and the remedy. */
  public StoreDeniedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The message names the value, the place and the remedy. */
  public StoreDeniedException(String message) {
    super(message);
  }
}
