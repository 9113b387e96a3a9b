package io.semanticids.sid;

/** Ends the program with one or two lines for the user and an exit code. */
final class SidException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  SidException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  SidException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Wrong usage or an invalid request: nothing was started. */
  static SidException invalid(String message) {
    return new SidException(ExitCode.INVALID, message);
  }

  /** Started, and failed. */
  static SidException failed(String message) {
    return new SidException(ExitCode.FAILED, message);
  }

  int exitCode() {
    return exitCode;
  }
}
