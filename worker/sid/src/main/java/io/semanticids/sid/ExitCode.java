package io.semanticids.sid;

/** What the exit codes of {@code sid} mean. */
final class ExitCode {
  /** Done. */
  static final int DONE = 0;

  /** Started, and failed. */
  static final int FAILED = 1;

  /** Wrong usage or an invalid request: nothing was started. */
  static final int INVALID = 2;

  /** A device no longer computes, or a task hangs; the process must be replaced. */
  static final int REPLACE = 70;

  /** Interrupted by the user; the same command resumes. The Java runtime's own code for SIGINT. */
  static final int INTERRUPTED = 130;

  /** Drained after SIGTERM; the Java runtime's own code for it. */
  static final int DRAINED = 143;

  private ExitCode() {}
}
