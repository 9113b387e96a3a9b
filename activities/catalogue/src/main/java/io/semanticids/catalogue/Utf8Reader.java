package io.semanticids.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8 strictly. Unlike {@link java.io.InputStreamReader} it hands out all that stands
 * before malformed bytes and only then throws {@link CharacterCodingException}, so that the reader
 * knows the line.
 */
final class Utf8Reader extends Reader {
  private final InputStream input;
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private boolean ended;

  Utf8Reader(InputStream input) {
    this.input = input;
  }

  /** At least two characters must be asked for: one may need a surrogate pair. */
  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (length < 2) {
      throw new IllegalArgumentException("Ask for at least two characters, not " + length + ".");
    }
    CharBuffer characters = CharBuffer.wrap(target, offset, length);
    while (true) {
      CoderResult result = decoder.decode(bytes, characters, ended);
      int count = length - characters.remaining();
      if (count > 0) {
        return count;
      }
      if (result.isError()) {
        result.throwException();
      }
      if (ended) {
        return -1;
      }
      bytes.compact();
      int read = input.read(bytes.array(), bytes.position(), bytes.remaining());
      ended = read < 0;
      bytes.position(bytes.position() + Math.max(0, read)).flip();
    }
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
