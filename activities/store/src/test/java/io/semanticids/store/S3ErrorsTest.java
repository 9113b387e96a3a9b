package io.semanticids.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ErrorsTest {
  private static final Location AT = Location.parse("s3://bucket/key");

  private static StoreException answer(int status, String code) {
    AwsErrorDetails details =
        AwsErrorDetails.builder().errorCode(code).errorMessage("key id AKIASECRET").build();
    return S3Errors.of(
        AT,
        "https://store",
        (S3Exception) S3Exception.builder().statusCode(status).awsErrorDetails(details).build());
  }

  @ParameterizedTest
  @CsvSource({
    "404, NoSuchKey, MissingObjectException, s3://bucket/key does not exist",
    "404, , MissingObjectException, s3://bucket/key does not exist",
    "404, NoSuchBucket, MissingObjectException, The bucket (bucket) does not exist",
    "404, XAdminUserNotFound, StoreDeniedException, the access key is unknown",
    "403, InvalidAccessKeyId, StoreDeniedException, the access key is unknown",
    "403, SignatureDoesNotMatch, StoreDeniedException, the secret key is wrong",
    "403, AccessDenied, StoreDeniedException, access is denied",
    "403, , StoreDeniedException, access is denied",
    "403, RequestTimeTooSkewed, StoreDeniedException, clock is wrong",
    "400, ExpiredToken, StoreDeniedException, have expired",
    "301, PermanentRedirect, StoreDeniedException, Set AWS_REGION",
    "400, AuthorizationHeaderMalformed, StoreDeniedException, Set AWS_REGION",
    "507, InsufficientStorage, StoreFullException, is full",
    "403, QuotaExceeded, StoreFullException, is full",
    "507, XMinioStorageFull, StoreFullException, is full",
    "503, SlowDown, StoreUnavailableException, answers 503 SlowDown",
    "500, InternalError, StoreUnavailableException, answers 500 InternalError",
    "429, , StoreUnavailableException, answers 429",
    "400, RequestTimeout, StoreUnavailableException, answers 400",
    "409, ConditionalRequestConflict, StoreUnavailableException, answers 409",
    "412, PreconditionFailed, StoreUnavailableException, was replaced",
    "501, NotImplemented, StoreException, answers 501 NotImplemented",
    "400, InvalidRequest, StoreException, answers 400 InvalidRequest",
  })
  void answersSayWhatHelps(int status, String code, String type, String said) {
    StoreException error = answer(status, code);
    assertThat(error.getClass().getSimpleName()).isEqualTo(type);
    assertThat(error).hasMessageContaining(said).hasMessageContaining("s3://bucket/key");
    assertThat(error.getMessage()).doesNotContain("AKIASECRET").hasLineCount(1);
  }

  /** As the SDK throws them: one in the other. */
  static List<Arguments> failures() {
    return List.of(
        arguments(new ConnectException("Connection refused"), "nobody listens there"),
        arguments(new ConnectException("Connection timed out"), "does not answer in time"),
        arguments(new UnknownHostException("store"), "its host is unknown"),
        arguments(new SSLException("x", new EOFException()), "TLS fails"),
        arguments(new SocketTimeoutException("Read timed out"), "does not answer in time"),
        arguments(new InterruptedIOException("lease of a connection"), "does not answer in time"),
        arguments(new TimeoutException("pool"), "does not answer in time"),
        arguments(ApiCallTimeoutException.create(1), "does not answer in time"),
        arguments(ApiCallAttemptTimeoutException.create(1), "does not answer in time"),
        arguments(new SocketException("Connection reset"), "the connection broke"),
        arguments(new EOFException(), "the connection broke"),
        arguments(new IOException("store failed to respond"), "the connection broke"),
        arguments(
            new IOException("x", new ConnectException("Connection refused")),
            "nobody listens there"),
        arguments(
            new UncheckedIOException(new IOException("x", new SocketTimeoutException())),
            "does not answer in time"),
        arguments(new IllegalStateException("x"), "IllegalStateException"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failuresSayWhatHelps(Exception cause, String said) {
    assertThat(S3Errors.of(AT, "store", SdkClientException.create("x", cause)))
        .isExactlyInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("s3://bucket/key")
        .hasMessageContaining(said)
        .message()
        .hasLineCount(1);
  }

  @Test
  void theCachesOwnFileIsNamed() {
    assertThat(
            S3Errors.of(
                AT,
                "store",
                SdkClientException.create(
                    "x", new IOException("y", new AccessDeniedException("/cache/file")))))
        .isInstanceOf(StoreDeniedException.class)
        .hasMessageContaining("/cache/file")
        .hasMessageContaining("permission");
  }

  @Test
  void otherCausesSayWhatHelps() {
    assertThat(
            S3Errors.of(
                AT,
                "store",
                SdkClientException.create("x", new IOException("No space left on device"))))
        .isInstanceOf(StoreFullException.class);
    assertThat(
            S3Errors.of(
                AT,
                "store",
                SdkClientException.create("Unable to load credentials from any of the providers")))
        .isInstanceOf(StoreDeniedException.class)
        .hasMessageContaining("AWS_ACCESS_KEY_ID");
    assertThat(S3Errors.of(AT, "store", SdkClientException.create("whatever")))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "store:9000",
        "ftp://store",
        "http://",
        "user:secret@store",
        "http://us er:secret@x"
      })
  void anEndpointThatIsNoneIsRefusedWithoutItsText(String endpoint) {
    assertThatThrownBy(
            () ->
                S3Clients.open(
                    Map.of("AWS_ENDPOINT_URL_S3", endpoint)::get,
                    AnonymousCredentialsProvider.create()))
        .isInstanceOf(StoreDeniedException.class)
        .hasMessageContaining("AWS_ENDPOINT_URL_S3")
        .message()
        .doesNotContain("secret");
  }

  @Test
  void theNameInMessagesHoldsNoPassword() {
    try (S3Store store =
        new S3Store(
            S3Clients.open(
                Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9")::get,
                AnonymousCredentialsProvider.create()),
            "http://user:secret@127.0.0.1:9")) {
      assertThatThrownBy(() -> store.read(AT))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("http://127.0.0.1:9")
          .message()
          .doesNotContain("secret");
    }
  }
}
