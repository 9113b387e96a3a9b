package io.semanticids.catalogue;

/** UTF-8's byte order mark, which spreadsheet programs put before their exports. */
final class Utf8 {
  private Utf8() {}

  /** The number of bytes of the mark with which these bytes begin: 3 or 0. */
  static int mark(byte[] bytes, int length) {
    return length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF
        ? 3
        : 0;
  }
}
