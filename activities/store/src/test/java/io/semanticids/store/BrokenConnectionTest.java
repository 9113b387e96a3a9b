package io.semanticids.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semanticids.store.RudeServer.Manner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stores that die in the middle, over real sockets. */
class BrokenConnectionTest {
  private static final Location AT = Location.parse("s3://bucket/key");
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(200);

  /** More than the SDK sends without being asked to go on. */
  private static final int LARGE = 2 << 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(
      names = {"CLOSES_.*", "RESETS_.*"},
      mode = EnumSource.Mode.MATCH_ANY)
  void aStoreThatHangsUp(Manner manner) throws IOException {
    try (RudeServer server = new RudeServer(manner);
        S3Store store = server.store(LONG)) {
      assertBroken(() -> store.read(AT));
      if (manner != Manner.CLOSES_WITHIN_THE_BODY) {
        assertBroken(() -> store.create(AT, new byte[10]));
        assertBroken(() -> store.info(AT));
      }
      assertBroken(() -> store.create(AT, new byte[LARGE]));
    }
  }

  private static void assertBroken(ThrowingCallable request) {
    assertThatThrownBy(request)
        .isExactlyInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("the connection broke")
        .hasMessageContaining(AT.uri());
  }

  @Test
  void halfAnObjectIsNone() throws IOException {
    try (RudeServer server = new RudeServer(Manner.CLOSES_WITHIN_THE_BODY);
        S3Store store = server.store(LONG)) {
      assertBroken(() -> store.read(AT, 0, 100));
      Path file = folder.resolve("copy");
      assertBroken(() -> store.download(AT, null, file, bytes -> {}));
      assertThat(file).doesNotExist();
      try (InputStream in = store.open(AT)) {
        // The second is what Java 25 itself says.
        assertThatThrownBy(in::readAllBytes)
            .isInstanceOf(IOException.class)
            .hasMessageMatching("10 of 100 bytes have come|Premature EOF");
      }
    }
  }

  @Test
  void aStoreThatNeverAnswers() throws IOException {
    try (RudeServer server = new RudeServer(Manner.NEVER_ANSWERS);
        S3Store store = server.store(SHORT)) {
      assertThatThrownBy(() -> store.read(AT))
          .isExactlyInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("it does not answer in time");
    }
  }
}
