package io.semanticids.store;

import org.jspecify.annotations.Nullable;

/** A location is not below any root of this process. */
public final class OutsideRootsException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** The message names the value, the place and the remedy. */
  public OutsideRootsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The message names the value, the place and the remedy. */
  public OutsideRootsException(String message) {
    super(message);
  }
}
