package io.semanticids.publish;

/**
 * A codebook that is damaged, of an unknown format, or of another model. The message names value
 * and remedy.
 */
public final class CodebookException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CodebookException(String message) {
    super(message);
  }

  public CodebookException(String message, Throwable cause) {
    super(message, cause);
  }
}
