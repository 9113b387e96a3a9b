package io.semanticids.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectCacheTest {
  private static final int BOUND = 100;
  private static final Duration GRACE = Duration.ofMinutes(10);

  @TempDir Path folder;
  private final AtomicInteger fetched = new AtomicInteger();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  /** As another process would open it. */
  private ObjectCache open() {
    return new ObjectCache(folder, BOUND, GRACE, Clock.fixed(now, ZoneOffset.UTC));
  }

  private Path get(ObjectCache cache, String name) {
    return get(cache, name, "content".repeat(6)); // 42 bytes: two fit the bound, three do not
  }

  private Path get(ObjectCache cache, String name, String content) {
    return cache.get(
        Location.parse("s3://bucket/" + name),
        "version",
        folder.resolve(UUID.randomUUID().toString()),
        file -> {
          fetched.incrementAndGet();
          Files.writeString(file, content);
        },
        sha256 -> {});
  }

  @Test
  void anObjectIsFetchedOnceByAllProcesses() {
    Path first = get(open(), "x.npy");
    assertThat(get(open(), "x.npy")).isEqualTo(first).hasContent("content".repeat(6));
    assertThat(first).hasFileName("x.npy");
    assertThat(fetched).hasValue(1);
  }

  @Test
  void anAlteredCopyIsFetchedAgain() throws IOException {
    ObjectCache cache = open();
    Path copy = get(cache, "x");
    Files.writeString(copy, "altered");
    assertThat(get(open(), "x")).hasContent("content".repeat(6));
    Files.delete(copy);
    assertThat(get(cache, "x")).hasContent("content".repeat(6));
    assertThat(fetched).hasValue(3);
  }

  @Test
  void theLongestUnusedGoBeyondTheBound() {
    Path a = get(open(), "a");
    now = now.plus(GRACE);
    Path b = get(open(), "b");
    now = now.plus(GRACE);
    assertThat(get(open(), "a")).isEqualTo(a);
    now = now.plus(GRACE).plusSeconds(1);
    Path c = get(open(), "c");
    assertThat(b).doesNotExist();
    assertThat(a).exists();
    assertThat(c).exists();
  }

  @Test
  void whatIsInUseStaysThoughItExceedsTheBound() {
    Path a = get(open(), "a");
    Path b = get(open(), "b");
    Path c = get(open(), "c");
    assertThat(a).exists();
    assertThat(b).exists();
    assertThat(c).exists();
  }

  @Test
  void whatFailsItsCheckIsNotKept() {
    ObjectCache cache = open();
    assertThatThrownBy(
            () ->
                cache.get(
                    Location.parse("s3://bucket/x"),
                    "version",
                    folder.resolve("temporary"),
                    file -> Files.writeString(file, "torn"),
                    sha256 -> {
                      throw new DamagedObjectException("torn");
                    }))
        .isInstanceOf(DamagedObjectException.class);
    assertThat(folder.resolve("temporary")).doesNotExist();
    assertThat(get(cache, "x")).hasContent("content".repeat(6));
  }

  @Test
  void aFullDiskFreesTheCacheOnce() {
    Path a = get(open(), "a");
    now = now.plus(GRACE).plusSeconds(1);
    AtomicInteger attempts = new AtomicInteger();
    Path b =
        open()
            .get(
                Location.parse("s3://bucket/b"),
                "version",
                folder.resolve("temporary"),
                file -> {
                  if (attempts.incrementAndGet() == 1) {
                    throw new StoreFullException("full");
                  }
                  Files.writeString(file, "b");
                },
                sha256 -> {});
    assertThat(a).doesNotExist();
    assertThat(b).hasContent("b");
  }

  @Test
  void longNamesAreCut() {
    assertThat(get(open(), "n".repeat(900) + ".jsonl.gz").getFileName().toString())
        .hasSizeLessThanOrEqualTo(255)
        .endsWith(".jsonl.gz");
    assertThat(get(open(), "寸".repeat(300) + ".jsonl").getFileName().toString()).endsWith(".jsonl");
  }

  @Test
  void whoeverComesWhileAnotherFetchesWaitsForIt() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Path> first =
          threads.submit(
              () ->
                  open()
                      .get(
                          Location.parse("s3://bucket/x"),
                          "version",
                          folder.resolve("temporary"),
                          file -> {
                            begun.countDown();
                            await(go);
                            fetched.incrementAndGet();
                            Files.writeString(file, "slow");
                          },
                          sha256 -> {}));
      await(begun);
      // Another object is not held up, and leaves the lock of the first alone.
      assertThat(get(open(), "y")).exists();
      Future<Path> second = threads.submit(() -> get(open(), "x"));
      go.countDown();
      assertThat(second.get()).isEqualTo(first.get()).hasContent("slow");
      assertThat(fetched).hasValue(2);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  @Test
  void eightThreadsFetchOnce() throws Exception {
    ObjectCache cache = open();
    assertThat(StoreContract.together(8, () -> get(cache, "x"))).containsOnly(get(cache, "x"));
    assertThat(fetched).hasValue(1);
  }
}
