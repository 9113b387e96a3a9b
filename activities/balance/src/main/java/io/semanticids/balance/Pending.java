package io.semanticids.balance;

/** Thrown by what is not written yet. */
final class Pending {
  private Pending() {}

  static RuntimeException error() {
    return new UnsupportedOperationException("not written yet");
  }
}
