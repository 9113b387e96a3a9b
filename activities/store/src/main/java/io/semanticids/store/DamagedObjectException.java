package io.semanticids.store;

import org.jspecify.annotations.Nullable;

/** An object is not what its marker says: missing, torn or altered. */
public final class DamagedObjectException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** The message names the value, the place and the remedy. */
  public DamagedObjectException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The message names the value, the place and the remedy. */
  public DamagedObjectException(String message) {
    super(message);
  }
}
