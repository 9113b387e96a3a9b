package io.semanticids.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/** Against a real server, for example the one that {@code infra/dev/s3.sh start} starts. */
class S3StoreIT extends StoreContract {
  private static final String BUCKET = "sid-test";

  private static final String ABSENT =
      "SKIPPED: no S3 server. Run infra/dev/s3.sh start FOLDER and set what it prints.";

  private static String serverName = "unknown";

  private static String endpoint() {
    return System.getenv("SID_TEST_S3_ENDPOINT");
  }

  private static S3Client client(String endpoint, AwsCredentialsProvider credentials) {
    return S3Clients.open(Map.of("AWS_ENDPOINT_URL_S3", endpoint)::get, credentials);
  }

  private static AwsCredentialsProvider own() {
    return DefaultCredentialsProvider.builder().build();
  }

  @BeforeAll
  static void bucket() {
    if (endpoint() == null) {
      System.out.println(ABSENT);
      return;
    }
    try (S3Client client = client(endpoint(), own())) {
      serverName =
          client.listBuckets().sdkHttpResponse().firstMatchingHeader("Server").orElse("unknown");
      client.createBucket(request -> request.bucket(BUCKET));
    } catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException e) {
      // From an earlier run; each test has a root of its own below it.
    }
  }

  @Override
  Location newRoot() {
    assumeTrue(endpoint() != null, ABSENT);
    return Location.parse("s3://" + BUCKET + "/" + UUID.randomUUID());
  }

  @Override
  Stores open(StoreSettings settings) {
    return Stores.open(settings, () -> new S3Store(client(endpoint(), own()), endpoint()));
  }

  /**
   * versitygw 1.7.0 looks for the object before it receives the body and renames over whatever is
   * there by then (its {@code posix.go}): simultaneous creators may both win. Everything else it
   * promises.
   */
  @Override
  boolean atomic() {
    return !serverName.equalsIgnoreCase("versitygw");
  }

  private Stores open(Location at, String endpoint, String key, String secret) {
    AwsCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret));
    return Stores.open(
        new StoreSettings(List.of(at), folder.resolve("other-cache"), 0),
        () -> new S3Store(client(endpoint, credentials), endpoint));
  }

  private void refuses(
      Stores other, Location at, Class<? extends StoreException> type, String said, String secret) {
    try (other) {
      for (Runnable use :
          List.<Runnable>of(
              () -> other.read(at),
              () -> other.info(at),
              () -> other.list(at),
              () -> other.local(at),
              () -> other.create(at, new byte[1]))) {
        assertThatThrownBy(use::run)
            .isExactlyInstanceOf(type)
            .hasMessageContaining(said)
            .message()
            .doesNotContain(secret)
            .hasLineCount(1);
      }
    }
  }

  @Test
  void aWrongSecretIsDenied() {
    Stores other = open(root, endpoint(), System.getenv("AWS_ACCESS_KEY_ID"), "top-secret-text");
    refuses(
        other,
        root.resolve("x"),
        StoreDeniedException.class,
        "AWS_SECRET_ACCESS_KEY",
        "top-secret-text");
  }

  @Test
  void anUnknownKeyIsDeniedNotMissing() {
    Stores other = open(root, endpoint(), "nobody", "top-secret-text");
    refuses(
        other,
        root.resolve("x"),
        StoreDeniedException.class,
        "AWS_ACCESS_KEY_ID",
        "top-secret-text");
  }

  @Test
  void aMissingBucketIsNamed() {
    Location at = Location.parse("s3://sid-no-such-bucket/x");
    Stores other =
        open(
            at,
            endpoint(),
            System.getenv("AWS_ACCESS_KEY_ID"),
            System.getenv("AWS_SECRET_ACCESS_KEY"));
    refuses(
        other,
        at,
        MissingObjectException.class,
        "The bucket (sid-no-such-bucket) does not exist",
        "secret");
  }

  @Test
  void aServerThatIsDownIsUnavailable() {
    Stores other = open(root, "http://127.0.0.1:9", "a", "top-secret-text");
    refuses(
        other,
        root.resolve("x"),
        StoreUnavailableException.class,
        "nobody listens there",
        "top-secret-text");
  }

  @Test
  void aHostWithoutAddressIsUnavailable() {
    Stores other = open(root, "http://no-such-host.invalid:9", "a", "top-secret-text");
    refuses(
        other,
        root.resolve("x"),
        StoreUnavailableException.class,
        "its host is unknown",
        "top-secret-text");
  }

  @Test
  void fetchesTellHowManyBytesHaveCome() throws IOException {
    Location at = root.resolve("large.bin");
    stores.create(at, new byte[(3 << 20) + 5]);
    AtomicLong told = new AtomicLong();
    try (Stores other =
        open(new StoreSettings(List.of(root), folder.resolve("other-cache"), 0, told::addAndGet))) {
      other.local(at);
    }
    assertThat(told).hasValue((3 << 20) + 5);
  }

  @Test
  void copiesAreFetchedOnceAndCheckedByEachProcess() throws IOException {
    Location at = root.resolve("x.jsonl");
    stores.create(at, bytes("content"));
    Path copy = stores.local(at);
    assertThat(stores.local(at)).isEqualTo(copy);
    Files.writeString(copy, "altered");
    // The change is seen by its modification time here and by its checksum in the next process.
    assertThat(stores.local(at)).hasContent("content");
  }

  @Test
  void unfinishedUploadsAreFoundAndRemoved() {
    Location at = root.resolve("a/big.bin");
    try (S3Client client = client(endpoint(), own())) {
      client.createMultipartUpload(request -> request.bucket(at.bucket()).key(at.key()));
    }
    assertThat(stores.list(root)).isEmpty();
    List<Leftover> leftovers = stores.leftovers(root, Instant.now().plusSeconds(60));
    assertThat(leftovers).extracting(Leftover::at).containsExactly(at);
    assertThat(leftovers).extracting(Leftover::upload).doesNotContainNull();
    leftovers.forEach(stores::remove);
    assertThat(stores.leftovers(root, Instant.now().plusSeconds(60))).isEmpty();
  }
}
