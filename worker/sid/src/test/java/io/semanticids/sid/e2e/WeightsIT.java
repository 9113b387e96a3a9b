package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.store.Location;
import io.semanticids.store.StoreSettings;
import io.semanticids.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A checkpoint in a bucket: killed while it is fetched, then fetched by two processes at once. */
class WeightsIT {
  private static final Path CHECKPOINT =
      Path.of("../../activities/embed/src/test/resources/checkpoints/qwen3-bf16");

  /** Long enough to be killed in. */
  private static final int MORE_BYTES = 96 << 20;

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void fetchedOnceAMachineThoughKilled() throws Exception {
    assumeTrue(
        System.getenv("SID_TEST_S3_ENDPOINT") != null,
        "there is no S3 server: infra/dev/s3.sh start FOLDER starts one");
    Path folder = Work.folder("weights");
    Path cache = Work.folder("weights-cache");
    Path checkpoint = checkpoint(folder.resolve("checkpoint"));
    Work.write(folder.resolve("items.jsonl"), Inputs.lines(20, Inputs::item));
    Program program = Program.in(folder).brief().with("SID_CACHE", cache.toString());
    program.run(embed("checkpoint", "local.npy")).succeeded();

    Location bucket = Location.parse("s3://sid/" + UUID.randomUUID());
    try (Stores stores =
        Stores.open(
            new StoreSettings(List.of(bucket), folder.resolveSibling("weights-test"), 1 << 20))) {
      try {
        for (Path file : files(checkpoint)) {
          stores.create(bucket.resolve(file.getFileName().toString()), file);
        }
        killWhileFetching(program, cache, embed(bucket.uri(), "killed.npy"));
        List<Process> both =
            Stream.of("a", "b")
                .map(name -> start(program, name, embed(bucket.uri(), name + ".npy")))
                .toList();
        for (Process process : both) {
          assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        }
        for (String name : List.of("a", "b")) {
          assertThat(both.get(name.equals("a") ? 0 : 1).exitValue())
              .as(Files.readString(folder.resolve(name + ".err")))
              .isZero();
          assertThat(folder.resolve(name + ".npy"))
              .hasSameBinaryContentAs(folder.resolve("local.npy"));
        }
        assertThat(folder.resolve("killed.npy")).doesNotExist();
        // Each file once, what no model reads not at all, and nothing of the killed process.
        List<String> copies =
            files(cache.resolve("objects")).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> !name.equals("used"))
                .sorted()
                .toList();
        assertThat(copies)
            .isEqualTo(
                files(checkpoint).stream()
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".safetensors") || name.endsWith(".json"))
                    .filter(name -> !name.equals("expected.json"))
                    .sorted()
                    .toList());
        assertThat(cache.resolve("temporary")).isEmptyDirectory();
        new Refusal(program, folder.resolve("out"))
            .run(
                Refusal.INVALID,
                List.of(
                    "items.jsonl",
                    "--set",
                    "model=checkpoint",
                    "--set",
                    "weights=" + bucket.resolve("absent").uri()),
                List.of("absent", "check the location"));
        stores.delete(bucket.resolve("model-more.safetensors"));
        String named = bucket.resolve("model-more.safetensors").uri() + " are missing";
        Refusal.check(program.run(embed(bucket.uri(), "c.npy")), Refusal.FAILED, List.of(named));
        new Refusal(program, folder.resolve("out"))
            .run(
                Refusal.INVALID,
                List.of(
                    "items.jsonl", "--set", "model=checkpoint", "--set", "weights=" + bucket.uri()),
                List.of(named));
      } finally {
        stores.list(bucket).forEach(object -> stores.delete(object.at()));
      }
    }
  }

  @Test
  void checkTriesACheckpoint() throws IOException {
    Path folder = Work.folder("check");
    checkpoint(folder.resolve("checkpoint"));
    Work.write(folder.resolve("items.jsonl"), Inputs.lines(20, Inputs::item));
    Program program = Program.in(folder).brief();
    assertThat(
            program
                .run(
                    "embed",
                    "items.jsonl",
                    "--model",
                    "checkpoint",
                    "--weights",
                    "checkpoint",
                    "--check")
                .succeeded()
                .out())
        .contains("32 dimensions", "bfloat16", "passed: worst cosine", "tokens/s", "mapped files");
    assertThat(folder.resolve("items.jsonl").getParent())
        .isDirectoryNotContaining(file -> file.toString().endsWith(".npy"));
    Files.delete(folder.resolve("checkpoint/model-more.safetensors"));
    Refusal.check(
        program.run(
            "embed", "items.jsonl", "--model", "checkpoint", "--weights", "checkpoint", "--check"),
        Refusal.FAILED,
        List.of("model-more.safetensors", "missing"));
  }

  /**
   * Under the rule of a run over a checkpoint, with the same weights and on a device that is there.
   */
  @Test
  void encodeEmbedsWithTheCodebooksCheckpoint() throws IOException {
    Path folder = Work.folder("encode-checkpoint");
    checkpoint(folder.resolve("checkpoint"));
    Work.write(folder.resolve("items.jsonl"), Inputs.lines(40, Inputs::item));
    Work.write(folder.resolve("more.jsonl"), Inputs.lines(50, row -> Inputs.item(40 + row)));
    Program program = Program.in(folder).brief();
    Published run =
        Published.of(
            program.run(
                "run",
                "items.jsonl",
                "--output",
                "out",
                "--set",
                "model=checkpoint",
                "--set",
                "weights=checkpoint",
                "--set",
                "size=4",
                "--set",
                "test=more.jsonl"));
    List<String> encode =
        List.of("encode", "more.jsonl", "--codebook", run.folder().resolve("codebook").toString());
    Refusal refusal = new Refusal(program, folder.resolve("out"));
    refusal.command(
        Refusal.INVALID,
        with(encode, "--output", "ids.jsonl", "--weights", "checkpoint", "--device", "cuda:7"),
        List.of("--device", "cuda:7 cannot be used"));
    refusal.command(
        Refusal.INVALID,
        with(encode, "--output", "ids.jsonl"),
        List.of("checkpoint needs weights"));
    program
        .run(
            with(encode, "--output", "ids.jsonl", "--weights", "checkpoint", "--device", "cpu")
                .toArray(String[]::new))
        .succeeded();
    List<String> test = run.lines("semantic-ids.jsonl").stream().skip(40).toList();
    assertThat(Files.readAllLines(folder.resolve("ids.jsonl"))).isEqualTo(test);
    Path config = folder.resolve("checkpoint/config.json");
    ObjectNode changed = (ObjectNode) json.readTree(config.toFile());
    json.writeValue(config.toFile(), changed.put("note", "other"));
    refusal.command(
        Refusal.INVALID,
        with(encode, "--output", "ids.jsonl", "--weights", "checkpoint"),
        List.of("other weights"));
  }

  private static List<String> with(List<String> command, String... more) {
    return Stream.concat(command.stream(), Stream.of(more)).toList();
  }

  private static String[] embed(String weights, String output) {
    return new String[] {
      "embed", "items.jsonl", "--model", "checkpoint", "--weights", weights, "--output", output
    };
  }

  /** The tiny checkpoint, with one more file of weights and one that is none. */
  private Path checkpoint(Path target) throws IOException {
    for (Path file : files(CHECKPOINT)) {
      Work.write(target.resolve(file.getFileName()), Files.readAllBytes(file));
    }
    Path index = target.resolve("model.safetensors.index.json");
    ObjectNode names = (ObjectNode) json.readTree(index.toFile());
    ((ObjectNode) names.get("weight_map")).put("more", "model-more.safetensors");
    json.writeValue(index.toFile(), names);
    byte[] header =
        "{\"more\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(MORE_BYTES / 4, MORE_BYTES)
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer content =
        ByteBuffer.allocate(8 + header.length + MORE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    content.putLong(header.length).put(header);
    Work.write(target.resolve("model-more.safetensors"), content.array());
    Work.write(target.resolve("README.md"), "Not needed.");
    return target;
  }

  private static void killWhileFetching(Program program, Path cache, String[] command)
      throws IOException, InterruptedException {
    Process process = start(program, "killed", command);
    try {
      while (process.isAlive() && !fetching(cache.resolve("temporary"))) {
        process.waitFor(2, TimeUnit.MILLISECONDS);
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor())
        .as(Files.readString(program.folder().resolve("killed.err")))
        .isEqualTo(137);
  }

  /** Whether a large object is arriving. */
  private static boolean fetching(Path temporary) throws IOException {
    for (Path file : files(temporary)) {
      try {
        if (file.toString().endsWith(".part") && Files.size(file) > 1 << 20) {
          return true;
        }
      } catch (NoSuchFileException e) {
        // It was a small one.
      }
    }
    return false;
  }

  private static Process start(Program program, String name, String[] command) {
    Path folder = program.folder();
    return program.start(folder.resolve(name + ".out"), folder.resolve(name + ".err"), command);
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (UncheckedIOException e) {
      // Something went away while it was looked at.
      return List.of();
    }
  }
}
