package io.semanticids.embed;

/** A model failed on texts, or gave values that are no numbers. */
public final class EmbeddingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public EmbeddingException(String message) {
    super(message);
  }

  public EmbeddingException(String message, Throwable cause) {
    super(message, cause);
  }
}
