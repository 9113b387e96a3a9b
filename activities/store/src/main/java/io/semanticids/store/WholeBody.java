package io.semanticids.store;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The body of an answer, all of it: an {@link EOFException} where it ends before the length that
 * was announced. {@link java.net.HttpURLConnection} of Java 17 takes the end of a connection for
 * the end of a body, and what a dying store had half sent would look like a torn object.
 */
final class WholeBody extends FilterInputStream {
  private final long length;
  private final LongConsumer told;
  private long read;

  /**
   * @param length in bytes, or null if the answer does not tell
   */
  WholeBody(InputStream body, @Nullable Long length) {
    this(body, length, bytes -> {});
  }

  private WholeBody(InputStream body, @Nullable Long length, LongConsumer told) {
    super(body);
    this.told = told;
    this.length = length == null ? 0 : length;
  }

  /** The same transformer, which is given whole bodies only; the SDK asks again otherwise. */
  static <T> ResponseTransformer<GetObjectResponse, T> of(
      ResponseTransformer<GetObjectResponse, T> transformer) {
    return of(transformer, bytes -> {});
  }

  /**
   * The same.
   *
   * @param told how many more bytes have come
   */
  static <T> ResponseTransformer<GetObjectResponse, T> of(
      ResponseTransformer<GetObjectResponse, T> transformer, LongConsumer told) {
    return (response, body) ->
        transformer.transform(
            response,
            AbortableInputStream.create(new WholeBody(body, response.contentLength(), told), body));
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    count(next < 0 ? -1 : 1);
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int most) throws IOException {
    int count = super.read(buffer, offset, most);
    count(count);
    return count;
  }

  @Override
  public long skip(long most) throws IOException {
    long count = super.skip(most);
    read += count;
    return count;
  }

  private void count(int bytes) throws EOFException {
    if (bytes >= 0) {
      read += bytes;
      told.accept(bytes);
    } else if (read < length) {
      throw new EOFException("%d of %d bytes have come".formatted(read, length));
    }
  }

  /** It cannot be read again. */
  @Override
  public boolean markSupported() {
    return false;
  }
}
