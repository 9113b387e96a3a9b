package io.semanticids.sid;

/**
 * Whether people watch: {@code bin/sid} asks the shell, Java itself cannot tell the streams apart.
 */
final class Terminal {
  private Terminal() {}

  static boolean stderr() {
    return Boolean.getBoolean("sid.terminal");
  }
}
