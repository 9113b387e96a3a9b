package io.semanticids.embed;

/**
 * A model's vectors depend on the company of a text, or are no numbers: nothing built on them would
 * hold.
 */
public final class GateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public GateException(String message) {
    super(message);
  }
}
