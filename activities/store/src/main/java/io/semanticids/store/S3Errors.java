package io.semanticids.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * Turns an error of S3 into the one that says what helps. By type and code only: the SDK calls even
 * a server that is down not retryable, and some gateways answer 404 for an unknown key id. Messages
 * of servers are not passed on, as they may hold secrets.
 */
final class S3Errors {
  private static final Set<String> UNKNOWN_KEY = Set.of("InvalidAccessKeyId", "XAdminUserNotFound");
  private static final Set<String> EXPIRED =
      Set.of("ExpiredToken", "InvalidToken", "TokenRefreshRequired");
  private static final Set<String> OTHER_REGION =
      Set.of(
          "PermanentRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException");
  private static final Set<String> FULL =
      Set.of(
          "InsufficientStorage",
          "InsufficientCapacity",
          "XMinioStorageFull",
          "QuotaExceeded",
          "XMinioAdminBucketQuotaExceeded");
  private static final Set<String> BUSY =
      Set.of("SlowDown", "RequestTimeout", "ConditionalRequestConflict", "OperationAborted");

  private S3Errors() {}

  /**
   * @param store where the store is, for people
   * @param error what the SDK has thrown; its client for HTTP lets some failures through as they
   *     are
   */
  static StoreException of(Location at, String store, RuntimeException error) {
    return error instanceof AwsServiceException service
        ? refused(at, store, service)
        : unreachable(at, store, error);
  }

  static String code(AwsServiceException error) {
    return error.awsErrorDetails() == null || error.awsErrorDetails().errorCode() == null
        ? ""
        : error.awsErrorDetails().errorCode();
  }

  private static StoreException refused(Location at, String store, AwsServiceException error) {
    String code = code(error);
    int status = error.statusCode();
    if (UNKNOWN_KEY.contains(code)) {
      return denied(
          at, store, "the access key is unknown. Correct AWS_ACCESS_KEY_ID or the profile", error);
    }
    if (EXPIRED.contains(code)) {
      return denied(at, store, "the credentials have expired. Renew them", error);
    }
    if (OTHER_REGION.contains(code) || status == 301) {
      return denied(at, store, "the bucket is in another region. Set AWS_REGION to it", error);
    }
    if (FULL.contains(code) || status == 507) {
      return new StoreFullException(
          "%s cannot be written: the store (%s) is full. Free space there.".formatted(at, store),
          error);
    }
    if (code.equals("NoSuchBucket")) {
      return new MissingObjectException(
          "The bucket (%s) does not exist in the store (%s): create it, or correct the location (%s)."
              .formatted(at.bucket(), store, at),
          error);
    }
    if (code.equals("SignatureDoesNotMatch")) {
      return denied(
          at,
          store,
          "the secret key is wrong. Correct AWS_SECRET_ACCESS_KEY or the profile",
          error);
    }
    if (code.equals("RequestTimeTooSkewed")) {
      return denied(at, store, "this machine's clock is wrong. Set it", error);
    }
    if (status == 401 || status == 403) {
      return denied(at, store, "access is denied. Give these credentials the permission", error);
    }
    if (status == 404) {
      return new MissingObjectException(
          "%s does not exist in the store (%s): check the location.".formatted(at, store), error);
    }
    if (status == 412) {
      return new StoreUnavailableException(
          "%s was replaced while it was read: start again.".formatted(at), error);
    }
    if (status == 429 || (status >= 500 && status != 501) || BUSY.contains(code)) {
      return new StoreUnavailableException(
          "%s cannot be used now: the store (%s) answers %s."
              .formatted(at, store, answer(status, code)),
          error);
    }
    return new StoreException(
        "%s cannot be used: the store (%s) answers %s.".formatted(at, store, answer(status, code)),
        error);
  }

  private static String answer(int status, String code) {
    return code.isEmpty() ? Integer.toString(status) : status + " " + code;
  }

  private static StoreDeniedException denied(
      Location at, String store, String why, Throwable error) {
    return new StoreDeniedException(
        "%s cannot be used in the store (%s): %s.".formatted(at, store, why), error);
  }

  /** The first cause that says what it is decides; a broken connection is what remains. */
  private static StoreException unreachable(Location at, String store, RuntimeException error) {
    String why = null;
    boolean broke = false;
    Throwable innermost = error;
    for (Throwable cause = error; cause != null && why == null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (message.contains("no space left")) {
        return FileErrors.of(at, new IOException("no space left on device", error));
      } else if (message.contains("unable to load credentials")
          || message.contains("profile file")) {
        return denied(
            at,
            store,
            "no credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile",
            error);
      } else if (cause instanceof FileSystemException file) {
        return FileErrors.of(file.getFile(), file);
      }
      why = reason(cause, message);
      broke |= cause instanceof IOException;
      innermost = cause;
    }
    if (why == null) {
      why =
          broke
              ? "the connection broke. Check the store and the network"
              : innermost.getClass().getSimpleName();
    }
    return new StoreUnavailableException(
        "%s cannot be used now: the store (%s) cannot be reached: %s.".formatted(at, store, why),
        error);
  }

  /** Null for what says no more than that input or output has failed, or not even that. */
  private static @Nullable String reason(Throwable cause, String message) {
    if (cause instanceof UnknownHostException) {
      return "its host is unknown. Check AWS_ENDPOINT_URL_S3 and the network";
    } else if (cause instanceof InterruptedIOException
        || cause instanceof TimeoutException
        || cause instanceof ApiCallTimeoutException
        || cause instanceof ApiCallAttemptTimeoutException
        || (cause instanceof ConnectException && message.contains("timed out"))) {
      return "it does not answer in time. Check AWS_ENDPOINT_URL_S3 and the network";
    } else if (cause instanceof ConnectException) {
      return "nobody listens there. Start it, or correct AWS_ENDPOINT_URL_S3";
    } else if (cause instanceof SSLException) {
      return "TLS fails. Check http or https in AWS_ENDPOINT_URL_S3, and its certificate";
    }
    return null;
  }
}
