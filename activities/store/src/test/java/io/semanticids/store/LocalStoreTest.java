package io.semanticids.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalStoreTest extends StoreContract {
  private static final int OBJECTS = 200;

  @Override
  Location newRoot() {
    return Location.of(folder.resolve("root"));
  }

  @Override
  Stores open(StoreSettings settings) {
    return Stores.open(settings);
  }

  /** Creates the same objects as its sibling and prints how many it won. */
  static final class Creator {
    private Creator() {}

    public static void main(String[] arguments) throws IOException {
      Location root = Location.parse(arguments[0]);
      int won = 0;
      try (Stores stores =
          Stores.open(new StoreSettings(List.of(root), Path.of(arguments[1]), 1L << 20))) {
        stores.create(root.resolve("ready-" + ProcessHandle.current().pid()), new byte[0]);
        while (stores.list(root).stream().filter(o -> o.at().name().startsWith("ready")).count()
            < 2) {
          Thread.onSpinWait();
        }
        byte[] content = Long.toString(ProcessHandle.current().pid()).repeat(1000).getBytes(UTF_8);
        for (int i = 0; i < OBJECTS; i++) {
          won += stores.create(root.resolve("x/" + i), content) ? 1 : 0;
        }
      }
      System.out.println(won);
    }
  }

  @Test
  void oneOfTwoProcessesWins() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Creator.class.getName(),
                  root.uri(),
                  folder.resolve("cache").toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    }
    int won = 0;
    for (Process process : processes) {
      String output = new String(process.getInputStream().readAllBytes(), UTF_8).trim();
      assertThat(process.waitFor()).isZero();
      won += Integer.parseInt(output);
    }
    assertThat(won).isEqualTo(OBJECTS);
    for (ObjectInfo object : stores.list(root.resolve("x"))) {
      String content = new String(stores.read(object.at()), UTF_8);
      String first = processes.get(0).pid() + "";
      assertThat(content.replace(first, "").replace(processes.get(1).pid() + "", "")).isEmpty();
      assertThat(content).matches("(\\d+)\\1{999}");
    }
    assertThat(stores.leftovers(root, Instant.now().plusSeconds(60))).isEmpty();
  }

  @Test
  void withoutHardLinksTheFirstStillWins() throws Exception {
    Path target = Files.createDirectories(root.path()).resolve("x");
    List<Boolean> won =
        together(
            8,
            () -> {
              Path own = Files.createTempFile(root.path(), ".sid-", "");
              Files.writeString(own, own.toString());
              return Publication.move(own, target);
            });
    assertThat(won).containsOnlyOnce(true);
    assertThat(target).content().contains(root.path().toString());
  }

  @Test
  void symbolicLinksDoNotLeadOut() throws IOException {
    Path secret =
        Files.writeString(
            Files.createDirectories(folder.resolve("outside")).resolve("s"), "secret");
    Files.createDirectories(root.path());
    Files.createSymbolicLink(root.path().resolve("file"), secret);
    Files.createSymbolicLink(root.path().resolve("folder"), secret.getParent());
    Files.createSymbolicLink(root.path().resolve("nowhere"), folder.resolve("not-there"));
    for (String name : List.of("file", "folder/s", "folder/new", "nowhere", "nowhere/x")) {
      assertThatThrownBy(() -> stores.read(root.resolve(name)))
          .isInstanceOf(OutsideRootsException.class);
      assertThatThrownBy(() -> stores.create(root.resolve(name), new byte[1]))
          .isInstanceOf(OutsideRootsException.class);
    }
    assertThatThrownBy(() -> stores.list(root)).isInstanceOf(OutsideRootsException.class);
    assertThat(secret.getParent()).isDirectoryNotContaining("glob:**new");
    assertThat(secret).hasContent("secret");
  }

  @Test
  void linksInsideTheRootsAndRootsThatAreLinksWork() throws IOException {
    stores.create(root.resolve("real/x"), bytes("x"));
    Files.createSymbolicLink(root.path().resolve("link"), root.path().resolve("real"));
    Path alias = Files.createSymbolicLink(folder.resolve("alias"), root.path());
    assertThat(stores.read(root.resolve("link/x"))).asString(UTF_8).isEqualTo("x");
    try (Stores aliased =
        Stores.open(new StoreSettings(List.of(Location.of(alias)), folder.resolve("cache"), 0))) {
      assertThat(aliased.read(root.resolve("real/x"))).asString(UTF_8).isEqualTo("x");
    }
  }

  @Test
  void aFullDiskIsSaid() {
    ArtifactFolder artifact = ArtifactFolder.at(stores, root.resolve("a"));
    assertThatThrownBy(
            () ->
                artifact.commit(
                    3,
                    "bin",
                    file -> {
                      Files.write(Path.of("/dev/full"), new byte[1]);
                      throw new IllegalStateException("The device takes bytes.");
                    }))
        .isInstanceOf(StoreFullException.class)
        .hasMessage(
            "The disk is full while writing part 3 of %s in %s: free space, or use a folder on another disk."
                .formatted(artifact.location(), stores.temporaryFolder()));
  }

  @Test
  void aFileInTheWayIsSaid() {
    stores.create(root.resolve("x"), new byte[0]);
    assertThatThrownBy(() -> stores.create(root.resolve("x/y"), new byte[0]))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(root.resolve("x/y").toString());
    assertThat(stores.info(root.resolve("x/y"))).isEmpty();
  }
}
