package io.semanticids.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.store.ArtifactFolder;
import io.semanticids.store.Location;
import io.semanticids.store.PartContent;
import io.semanticids.store.PartMarker;
import io.semanticids.store.StoreSettings;
import io.semanticids.store.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinishedArtifactsTest {
  @TempDir Path folder;

  private final FinishedArtifacts finished = new FinishedArtifacts();
  private Stores stores;
  private ArtifactFolder artifact;

  @BeforeEach
  void open() {
    Location root = Location.of(folder.resolve("out"));
    stores =
        Stores.open(
            new StoreSettings(List.of(root), folder.resolve("cache"), 1L << 20, bytes -> {}));
    artifact = ArtifactFolder.of(stores, root, "encode", "0".repeat(64), OptionalInt.empty());
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void whatIsThereIsAskedForOnce() {
    PartMarker marker = commit();
    JsonNode manifest = artifact.commitManifest(Json.object().put("units", 1));
    assertThat(finished.marker(artifact, 0)).contains(marker);
    assertThat(finished.manifest(artifact)).contains(manifest);

    artifact.drop();

    assertThat(finished.marker(artifact, 0)).contains(marker);
    assertThat(finished.manifest(artifact)).contains(manifest);
  }

  @Test
  void whatIsMissingIsAskedForAgain() {
    assertThat(finished.marker(artifact, 0)).isEmpty();
    assertThat(finished.manifest(artifact)).isEmpty();

    PartMarker marker = commit();
    JsonNode manifest = artifact.commitManifest(Json.object().put("units", 1));

    assertThat(finished.marker(artifact, 0)).contains(marker);
    assertThat(finished.manifest(artifact)).contains(manifest);
  }

  @Test
  void whatIsForgottenIsAskedForAgain() {
    PartMarker gone = commit();
    assertThat(finished.marker(artifact, 0)).contains(gone);
    artifact.drop();
    finished.forget(artifact, 0);
    assertThat(finished.marker(artifact, 0)).isEmpty();

    PartMarker now = commit();

    assertThat(now.object()).isNotEqualTo(gone.object());
    assertThat(finished.marker(artifact, 0)).contains(now);
  }

  private PartMarker commit() {
    return artifact.commit(
        0,
        "txt",
        file -> {
          Files.writeString(file, "codes");
          return new PartContent(1, Json.object());
        });
  }
}
