package io.semanticids.catalogue;

/** A {@code .npy} file that cannot be read. Its message goes on after the file's name. */
final class NpyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NpyException(String message) {
    super(message);
  }

  NpyException(String message, Throwable cause) {
    super(message, cause);
  }
}
