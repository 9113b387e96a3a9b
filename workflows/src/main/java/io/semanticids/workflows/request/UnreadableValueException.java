package io.semanticids.workflows.request;

/**
 * A value is not of its key's type, nor can it be read as such. The message does not name the key.
 */
final class UnreadableValueException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableValueException(String message) {
    super(message, null, false, false);
  }
}
