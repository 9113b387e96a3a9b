package io.semanticids.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What artifacts promise on every store. */
abstract class ArtifactContract extends StoreFixture {
  private ArtifactFolder artifact() {
    return ArtifactFolder.of(stores, root, "embed", "f".repeat(64), OptionalInt.of(512));
  }

  private static PartWriter writer(String content) {
    return file -> {
      Files.writeString(file, content);
      return new PartContent(content.length(), JsonNodeFactory.instance.objectNode().put("k", 1));
    };
  }

  private static PartWriter never() {
    return file -> {
      throw new AssertionError("The part is done.");
    };
  }

  @Test
  void aCommittedPartIsFoundByOthers() {
    PartMarker marker = artifact().commit(42, "txt", writer("hello"));
    assertThat(marker.part()).isEqualTo(42);
    assertThat(marker.rows()).isEqualTo(5);
    assertThat(marker.bytes()).isEqualTo(5);
    // echo -n hello | sha256sum
    assertThat(marker.sha256())
        .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    assertThat(marker.object()).matches("part-00042-[0-9a-f-]{36}\\.txt");
    assertThat(marker.facts().get("k").asInt()).isEqualTo(1);
    assertThat(artifact().location().uri())
        .isEqualTo(root.uri() + "/artifacts/embed/" + "f".repeat(64) + "/rows-512");
    assertThat(artifact().marker(42)).contains(marker);
    assertThat(artifact().marker(41)).isEmpty();
    assertThat(artifact().commit(42, "txt", never())).isEqualTo(marker);
    assertThat(artifact().fetch(marker)).hasContent("hello");
    assertThat(stores.list(root)).hasSize(2);
    assertThat(stores.temporaryFolder()).isDirectoryNotContaining("glob:**.txt");
  }

  @Test
  void aZombieAdoptsTheWinnersPartAndDeletesItsOwn() {
    ArtifactFolder artifact = artifact();
    PartMarker[] winner = new PartMarker[1];
    PartMarker zombie =
        artifact.commit(
            0,
            "txt",
            file -> {
              winner[0] = artifact().commit(0, "txt", writer("first"));
              return writer("late").write(file);
            });
    assertThat(zombie).isEqualTo(winner[0]);
    assertThat(artifact.fetch(zombie)).hasContent("first");
    assertThat(stores.list(root)).hasSize(2);
  }

  @Test
  void whoSawNoMarkerAdoptsOneThatCameSince() {
    PartMarker winner = artifact().commit(0, "txt", writer("first"));
    PartMarker late = artifact().commitMissing(0, "txt", writer("late"));
    assertThat(late).isEqualTo(winner);
    assertThat(artifact().fetch(late)).hasContent("first");
    assertThat(stores.list(root)).hasSize(2);
  }

  @Test
  void aFailedPartLeavesNothing() throws IOException {
    ArtifactFolder artifact = artifact();
    assertThatThrownBy(
            () ->
                artifact.commit(
                    0,
                    "txt",
                    file -> {
                      Files.writeString(file, "half");
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");
    assertThat(stores.list(root)).isEmpty();
    assertThat(stores.temporaryFolder()).isDirectoryNotContaining("glob:**.txt");
    assertThat(artifact.commit(0, "txt", writer("whole")).bytes()).isEqualTo(5);
  }

  @Test
  void oneManifestIsTheFirst() {
    ArtifactFolder artifact = artifact();
    ObjectNode first = JsonNodeFactory.instance.objectNode().put("parts", 3);
    assertThat(artifact.manifest()).isEmpty();
    assertThat(artifact.commitManifest(first)).isEqualTo(first);
    assertThat(artifact().commitManifest(first.deepCopy().put("parts", 4))).isEqualTo(first);
    assertThat(artifact().manifest()).contains(first);
  }

  @Test
  void damageIsNamedWithItsRemedy() {
    for (String content : List.of("hell", "help!", "hello and more", "")) {
      ArtifactFolder artifact = ArtifactFolder.at(stores, root.resolve("d" + content.length()));
      PartMarker marker = artifact.commit(0, "txt", writer("hello"));
      Location object = artifact.location().resolve(marker.object());
      stores.delete(object);
      if (!content.isEmpty()) {
        stores.create(object, bytes(content));
      }
      assertThatThrownBy(() -> artifact.fetch(marker))
          .isInstanceOf(DamagedObjectException.class)
          .hasMessageContaining(object.toString())
          .hasMessageContaining("sid gc --damaged");
    }
  }

  @Test
  void anUnreadableMarkerIsNamed() {
    ArtifactFolder artifact = artifact();
    Location at = artifact.location().resolve("part-00000.json");
    for (String content : List.of("", "{", "[]", "{\"format\": 2}", "{\"format\": 1}")) {
      stores.create(at, bytes(content));
      assertThatThrownBy(() -> artifact.marker(0))
          .isInstanceOf(DamagedObjectException.class)
          .hasMessageContaining(at.toString());
      stores.delete(at);
    }
  }

  @Test
  void scratchIsDeletedAndTheRestStays() {
    ArtifactFolder artifact = artifact();
    artifact.commit(0, "txt", writer("a"));
    PartMarker kept = artifact.commit(7, "txt", writer("b"));
    artifact.deleteParts(3);
    assertThat(artifact.marker(0)).isEmpty();
    assertThat(artifact.marker(7)).contains(kept);
    assertThat(stores.list(root)).hasSize(2);
    stores.create(
        artifact.location().resolve("part-00001-" + UUID.randomUUID() + ".arrow"), bytes("x"));
    artifact.drop();
    assertThat(stores.list(root)).isEmpty();
  }
}
