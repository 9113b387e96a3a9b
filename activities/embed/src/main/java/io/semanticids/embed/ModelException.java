package io.semanticids.embed;

import java.util.List;

/** A model cannot be opened as asked. Trying again does not help. */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }

  static ModelException of(List<String> problems) {
    return new ModelException(String.join("\n", problems));
  }
}
