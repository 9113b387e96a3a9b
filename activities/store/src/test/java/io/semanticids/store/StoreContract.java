package io.semanticids.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store promises. */
abstract class StoreContract extends ArtifactContract {
  private static final int BIG = (70 << 20) + 13;

  static <T> List<T> together(int threads, Callable<T> action) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier barrier = new CyclicBarrier(threads);
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        futures.add(
            executor.submit(
                () -> {
                  barrier.await();
                  return action.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void whatWasCreatedIsRead() throws IOException {
    Location at = root.resolve("a/b/c.txt");
    Path file = Files.writeString(folder.resolve("content"), "from a file");
    assertThat(stores.create(at, bytes("0123456789"))).isTrue();
    assertThat(stores.create(root.resolve("a/file.txt"), file)).isTrue();
    assertThat(stores.create(root.resolve("empty"), new byte[0])).isTrue();
    assertThat(stores.read(at)).asString(UTF_8).isEqualTo("0123456789");
    assertThat(stores.read(root.resolve("a/file.txt"))).asString(UTF_8).isEqualTo("from a file");
    assertThat(stores.read(root.resolve("empty"))).isEmpty();
    try (InputStream in = stores.open(at)) {
      assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("0123456789");
    }
    assertThat(stores.info(at)).hasValueSatisfying(info -> assertThat(info.bytes()).isEqualTo(10));
    assertThat(stores.local(at)).hasContent("0123456789").hasFileName("c.txt");
  }

  @Test
  void theSecondCreatorChangesNothing() throws IOException {
    Location at = root.resolve("x");
    assertThat(stores.create(at, bytes("first"))).isTrue();
    ObjectInfo before = stores.info(at).orElseThrow();
    assertThat(stores.create(at, bytes("second"))).isFalse();
    assertThat(stores.create(at, Files.writeString(folder.resolve("content"), "third"))).isFalse();
    assertThat(stores.read(at)).asString(UTF_8).isEqualTo("first");
    assertThat(stores.info(at)).contains(before);
  }

  @Test
  void oneOfEightCreatorsWins() throws Exception {
    for (int round = 0; round < 10; round++) {
      Location at = root.resolve("race/" + round);
      List<String> winners =
          together(
              8,
              () -> {
                String own = Thread.currentThread().getName();
                return stores.create(at, bytes(own)) ? own : "";
              });
      if (atomic()) {
        assertThat(winners).filteredOn(winner -> !winner.isEmpty()).hasSize(1);
      }
      assertThat(winners).contains(new String(stores.read(at), UTF_8));
    }
    assertThat(stores.list(root)).hasSize(10);
  }

  @Test
  void rangesAreExact() {
    Location at = root.resolve("x");
    stores.create(at, bytes("0123456789"));
    assertThat(stores.read(at, 0, 10)).asString(UTF_8).isEqualTo("0123456789");
    assertThat(stores.read(at, 3, 4)).asString(UTF_8).isEqualTo("3456");
    assertThat(stores.read(at, 9, 1)).asString(UTF_8).isEqualTo("9");
    assertThat(stores.read(at, 4, 0)).isEmpty();
    assertThatThrownBy(() -> stores.read(at, 8, 3))
        .isInstanceOf(DamagedObjectException.class)
        .hasMessageContaining("has 10 bytes, but bytes 8 to 11");
    assertThatThrownBy(() -> stores.read(at, 100, 1)).isInstanceOf(DamagedObjectException.class);
    assertThatThrownBy(() -> stores.read(at, -1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> stores.read(root.resolve("none"), 0, 1))
        .isInstanceOf(MissingObjectException.class);
  }

  @Test
  void bigFilesAreCreatedOnceAndReadInRanges() throws Exception {
    byte[] content = new byte[BIG];
    new Random(1).nextBytes(content);
    Path file = Files.write(folder.resolve("big"), content);
    Location at = root.resolve("big.bin");
    List<Boolean> won = together(2, () -> stores.create(at, file));
    assertThat(won).contains(true);
    assertThat(won.contains(false) || !atomic()).isTrue();
    assertThat(stores.create(at, file)).isFalse();
    assertThat(stores.info(at).orElseThrow().bytes()).isEqualTo(BIG);
    int[] offsets = {0, 1, (16 << 20) - 5, 64 << 20, BIG - 1000};
    for (int offset : offsets) {
      assertThat(stores.read(at, offset, 1000))
          .isEqualTo(Arrays.copyOfRange(content, offset, offset + 1000));
    }
    assertThat(stores.local(at)).hasSameBinaryContentAs(file);
  }

  @Test
  void whatIsMissingIsSaid() {
    Location at = root.resolve("none/at/all");
    assertThat(stores.info(at)).isEmpty();
    assertThat(stores.list(at)).isEmpty();
    stores.delete(at);
    assertThatThrownBy(() -> stores.read(at))
        .isInstanceOf(MissingObjectException.class)
        .hasMessageContaining(at.toString());
    assertThatThrownBy(() -> stores.open(at)).isInstanceOf(MissingObjectException.class);
    assertThatThrownBy(() -> stores.local(at)).isInstanceOf(MissingObjectException.class);
  }

  @Test
  void listingsAreInTheOrderOfTheirBytes() {
    List<String> names =
        List.of(
            "-", "a", "a-b", "a/b", "a/b2", "aa", "ä", "\uff5e",
            "🧦"); // U+FF5E sorts after 🧦 in UTF-16
    for (String name : List.of("🧦", "aa", "a-b", "a/b2", "\uff5e", "ä", "a/b", "-")) {
      stores.create(root.resolve("l/" + name), bytes(name));
    }
    assertThat(stores.list(root.resolve("l")))
        .extracting(ObjectInfo::at)
        .containsExactlyElementsOf(
            names.stream()
                .filter(name -> !name.equals("a"))
                .map(name -> root.resolve("l/" + name))
                .toList());
    assertThat(stores.list(root.resolve("l/a")))
        .extracting(info -> info.at().name())
        .containsExactly("b", "b2");
    assertThat(stores.list(root.resolve("l/a/b"))).hasSize(1);
    assertThat(stores.info(root.resolve("l/a"))).isEmpty();
  }

  @Test
  void namesMayHoldAnyLetter() throws IOException {
    Location at = root.resolve("Größe & 寸/🧦 100% #1?+=~'\"%41.txt");
    stores.create(at, bytes("sock"));
    assertThat(stores.read(Location.parse(at.uri()))).asString(UTF_8).isEqualTo("sock");
    assertThat(stores.list(root)).extracting(ObjectInfo::at).containsExactly(at);
    assertThat(stores.local(at)).hasContent("sock");
  }

  @Test
  void deletedObjectsMayBeCreatedAgain() {
    Location at = root.resolve("x");
    stores.create(at, bytes("first"));
    stores.delete(at);
    assertThat(stores.info(at)).isEmpty();
    assertThat(stores.create(at, bytes("second"))).isTrue();
    assertThat(stores.local(at)).hasContent("second");
  }

  @Test
  void placesOutsideTheRootsAreRefused() {
    Location beside = Location.parse(root.uri() + "-beside/x");
    for (Runnable use :
        List.<Runnable>of(
            () -> stores.create(beside, new byte[0]),
            () -> stores.read(beside),
            () -> stores.info(beside),
            () -> stores.list(beside),
            () -> stores.local(beside),
            () -> stores.localFolder(beside, name -> true),
            () -> stores.delete(beside))) {
      assertThatThrownBy(use::run)
          .isInstanceOf(OutsideRootsException.class)
          .hasMessageContaining(beside.toString())
          .hasMessageContaining(root.toString());
    }
  }

  @Test
  void theProbeLeavesNothingBehind() {
    stores.probe(root);
    assertThat(stores.list(root)).isEmpty();
    assertThat(stores.leftovers(root, Instant.now().plusSeconds(60))).isEmpty();
  }

  @Test
  void unfinishedObjectsAreNotListedButFound() {
    Location unfinished = root.resolve("a/.sid-left");
    stores.create(unfinished, bytes("half"));
    assertThat(stores.list(root)).isEmpty();
    assertThat(stores.leftovers(root, Instant.now().minusSeconds(60))).isEmpty();
    List<Leftover> leftovers = stores.leftovers(root, Instant.now().plusSeconds(60));
    assertThat(leftovers).extracting(Leftover::at).containsExactly(unfinished);
    leftovers.forEach(stores::remove);
    assertThat(stores.leftovers(root, Instant.now().plusSeconds(60))).isEmpty();
  }

  @Test
  void aFolderIsBroughtHereUnderItsNames() {
    stores.create(root.resolve("model/config.json"), bytes("{}"));
    stores.create(root.resolve("model/1/weights.bin"), bytes("w"));
    stores.create(root.resolve("model/README.md"), bytes("r"));
    Path local = stores.localFolder(root.resolve("model"), name -> !name.startsWith("README"));
    assertThat(local.resolve("config.json")).hasContent("{}");
    assertThat(local.resolve("1/weights.bin")).hasContent("w");
    if (!root.local()) {
      assertThat(local.resolve("README.md")).doesNotExist();
      assertThatThrownBy(() -> stores.localFolder(root.resolve("absent"), name -> true))
          .isInstanceOf(MissingObjectException.class)
          .hasMessageContaining("absent");
    }
  }
}
