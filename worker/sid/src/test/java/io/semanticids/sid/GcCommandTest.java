package io.semanticids.sid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GcCommandTest {
  private static final String ITEMS = "a".repeat(64);
  private static final String VECTORS = "b".repeat(64);
  private static final String ABANDONED = "c".repeat(64);

  @TempDir private Path folder;
  private Path output;
  private Stores stores;

  @BeforeEach
  void open() {
    output = folder.resolve("out");
    stores =
        Stores.open(
            new StoreSettings(List.of(Location.of(output)), folder.resolve("cache"), 1 << 20));
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void keepsWhatARunNeedsAndWhatThatWasMadeOf() throws Exception {
    finishedRun();
    artifact("embed", ABANDONED, ITEMS);
    Cli cli = Cli.run("gc", output.toString());
    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out()).contains("embed/cccccccccccc").contains("can be deleted");
    assertThat(cli.out()).doesNotContain("aaaa").doesNotContain("bbbb");
    assertThat(output.resolve("artifacts/embed").resolve(ABANDONED)).exists();

    assertThat(Cli.run("gc", output.toString(), "--delete").out()).contains("deleted");
    assertThat(stores.list(Location.of(output.resolve("artifacts/embed").resolve(ABANDONED))))
        .isEmpty();
    assertThat(Cli.run("gc", output.toString(), "--damaged").out()).contains("0 B can be deleted");
  }

  @Test
  void unfinishedRunsKeepEverythingUntilTheyAreGivenUp() throws Exception {
    finishedRun();
    artifact("embed", ABANDONED, ITEMS);
    write("runs/later/request.json", "{}");
    assertThat(Cli.run("gc", output.toString()).out()).contains("later").contains("0 B can be");
    assertThat(Cli.run("gc", output.toString(), "--abandon").out()).contains("cccccccccccc");
  }

  @Test
  void unfinishedSweepsDoTheSame() throws Exception {
    finishedRun();
    artifact("embed", ABANDONED, ITEMS);
    write("sweeps/four/request.json", "{}");
    assertThat(Cli.run("gc", output.toString()).out())
        .contains("sweeps/four")
        .contains("0 B can be");
    write("sweeps/four/sweep.json", "{}");
    assertThat(Cli.run("gc", output.toString(), "--delete").out()).contains("cccccccccccc");
    assertThat(output.resolve("sweeps/four/sweep.json")).exists();
    assertThat(output.resolve("sweeps/four/request.json")).exists();
  }

  @Test
  void scratchOfAFinishedStage() throws Exception {
    String loads = "d".repeat(64);
    ArtifactFolder folder =
        ArtifactFolder.of(stores, Location.of(output), "soft-loads", loads, OptionalInt.of(512));
    for (int part = 0; part < 3; part++) {
      folder.commit(
          part,
          "bin",
          file -> {
            Files.writeString(file, "sums");
            return new PartContent(1, JsonNodeFactory.instance.objectNode());
          });
    }
    folder.commitManifest(JsonNodeFactory.instance.objectNode().put("units", 2));
    write("runs/one/manifest.json", "{\"fingerprints\": {\"loads\": \"%s\"}}".formatted(loads));
    assertThat(Cli.run("gc", output.toString(), "--delete").out())
        .contains("soft-loads/dddddddddddd", "scratch of a finished stage");
    assertThat(folder.marker(0)).isEmpty();
    assertThat(folder.marker(1)).isEmpty();
    assertThat(folder.marker(2)).isPresent();
    assertThat(stores.list(folder.location())).hasSize(3);
    assertThat(Cli.run("gc", output.toString()).out()).contains("0 B can be deleted");
  }

  @Test
  void leftoversOfAttempts() throws Exception {
    finishedRun();
    write("artifacts/prepare/" + ITEMS + "/part-00000-dead.arrow", "half a shard");
    Cli cli = Cli.run("gc", output.toString(), "--delete");
    assertThat(cli.out()).contains("12 B").contains("prepare/aaaa").contains("attempts");
    assertThat(output.resolve("artifacts/prepare/" + ITEMS + "/part-00000-dead.arrow"))
        .doesNotExist();
    assertThat(Cli.run("gc", output.toString()).out()).contains("0 B can be deleted");
  }

  /** Wherever a process was killed between writing an object and giving it its name. */
  @ParameterizedTest
  @ValueSource(strings = {"artifacts/embed/.sid-killed", "runs/one/.sid-killed"})
  void filesThatWereNeverFinished(String name) throws Exception {
    finishedRun();
    write(name, "half");
    assertThat(Cli.run("gc", output.toString()).out())
        .contains("4 B  " + name, "begun and never finished", "4 B can be deleted");
    assertThat(output.resolve(name)).exists();
    assertThat(Cli.run("gc", output.toString(), "--delete").out()).contains("4 B deleted");
    assertThat(output.resolve(name)).doesNotExist();
    assertThat(output.resolve("runs/one/manifest.json")).exists();
    assertThat(Cli.run("gc", output.toString()).out()).contains("0 B can be deleted");
  }

  @Test
  void damageTakesWhatWasComputedFromIt() throws Exception {
    PartMarker marker = artifact("prepare", ITEMS, ITEMS);
    artifact("embed", VECTORS, ITEMS);
    artifact("fit", ABANDONED, ABANDONED);
    Files.writeString(output.resolve("artifacts/prepare/" + ITEMS).resolve(marker.object()), "x");
    Cli cli = Cli.run("gc", output.toString(), "--damaged", "--delete");
    assertThat(cli.out()).contains("prepare/aaaa").contains("embed/bbbb").doesNotContain("fit/");
    assertThat(Cli.run("gc", output.toString(), "--damaged").out()).contains("0 B can be deleted");
    assertThat(stores.list(Location.of(output.resolve("artifacts/fit")))).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"manifest.json", "part-00000.json"})
  void whatCannotBeReadIsDamage(String name) throws Exception {
    finishedRun();
    write("artifacts/prepare/" + ITEMS + "/" + name, "{torn");
    assertThat(Cli.run("gc", output.toString()).out()).contains("0 B can be deleted");
    assertThat(Cli.run("gc", output.toString(), "--damaged", "--delete").out())
        .contains("prepare/aaaa", "embed/bbbb");
    assertThat(stores.list(Location.of(output.resolve("artifacts")))).isEmpty();
  }

  @Test
  void folderWithoutArtifacts() {
    Cli cli = Cli.run("gc", folder.toString());
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("artifacts").contains(folder.toString());
  }

  @ParameterizedTest
  @CsvSource({"0,0 B", "999,999 B", "1000,1.0 kB", "1549000,1.5 MB", "999960000,1.0 GB"})
  void sizes(long bytes, String text) {
    assertThat(GcCommand.size(bytes)).isEqualTo(text);
  }

  private void finishedRun() throws Exception {
    artifact("prepare", ITEMS, ITEMS);
    artifact("embed", VECTORS, ITEMS);
    write("runs/one/manifest.json", "{\"fingerprints\": {\"embed\": \"%s\"}}".formatted(VECTORS));
  }

  private PartMarker artifact(String stage, String fingerprint, String input) {
    ArtifactFolder artifact =
        ArtifactFolder.of(stores, Location.of(output), stage, fingerprint, OptionalInt.empty());
    PartMarker marker =
        artifact.commit(
            0,
            "bin",
            file -> {
              Files.writeString(file, "content of " + stage);
              return new PartContent(1, JsonNodeFactory.instance.objectNode());
            });
    artifact.commitManifest(JsonNodeFactory.instance.objectNode().put("input", input));
    return marker;
  }

  private void write(String name, String text) throws Exception {
    Path file = output.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
