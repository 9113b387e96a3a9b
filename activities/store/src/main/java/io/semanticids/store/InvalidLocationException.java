package io.semanticids.store;

import org.jspecify.annotations.Nullable;

/** Text that names no location: another scheme, {@code ..}, a malformed path. */
public final class InvalidLocationException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** The message names the value, the place and the remedy. */
  public InvalidLocationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The message names the value, the place and the remedy. */
  public InvalidLocationException(String message) {
    super(message);
  }
}
