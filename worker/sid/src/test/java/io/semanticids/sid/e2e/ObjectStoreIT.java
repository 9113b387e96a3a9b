package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.semanticids.store.Location;
import io.semanticids.store.ObjectInfo;
import io.semanticids.store.StoreSettings;
import io.semanticids.store.Stores;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code s3://} in place of folders: the same bytes, and the errors that only a bucket has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObjectStoreIT {
  private Path folder;
  private Program program;
  private Location bucket;
  private Stores stores;

  @BeforeAll
  void inputs() {
    assumeTrue(
        System.getenv("SID_TEST_S3_ENDPOINT") != null,
        "there is no S3 server: infra/dev/s3.sh start FOLDER starts one");
    folder = Work.folder("object-store");
    Path caches = Work.folder("object-store-caches");
    program = Program.in(folder).brief().with("SID_CACHE", caches.resolve("first").toString());
    bucket = Location.parse("s3://sid/" + UUID.randomUUID());
    stores = Stores.open(new StoreSettings(List.of(bucket), caches.resolve("test"), 1L << 30));
    Inputs.vectors(1_500, 12, 1).write(folder.resolve("items.npy"));
    stores.create(bucket.resolve("items.npy"), folder.resolve("items.npy"));
    Work.write(folder.resolve("texts/a.jsonl"), Inputs.lines(20, Inputs::item));
    Work.write(folder.resolve("texts/b.jsonl"), Inputs.lines(20, i -> Inputs.item(i + 20)));
    for (String part : List.of("a.jsonl", "b.jsonl")) {
      stores.create(bucket.resolve("texts").resolve(part), folder.resolve("texts").resolve(part));
    }
  }

  @AfterAll
  void close() {
    if (stores != null) {
      stores.list(bucket).forEach(object -> stores.delete(object.at()));
      stores.close();
    }
  }

  private static String[] vectors(String dataset, String output) {
    return new String[] {
      "run",
      dataset,
      "--output",
      output,
      "--name",
      "same",
      "--set",
      "size=9,7",
      "--set",
      "uniform=true",
      "--set",
      "shardRows=512"
    };
  }

  /** What a run in the bucket and one in a folder have in common. */
  private void same(Published local, Location remote) {
    Map<String, String> expected = local.sameEverywhere();
    expected.values().removeIf("folder"::equals);
    // The page names the dataset.
    expected.remove("report.html");
    Map<String, String> published = new TreeMap<>();
    for (ObjectInfo object : stores.list(remote)) {
      String name = remote.relativize(object.at());
      if (expected.containsKey(name) || name.startsWith("codebook")) {
        published.put(name, Work.sha256(stores.read(object.at())));
      }
    }
    assertThat(published).isEqualTo(expected);
  }

  @Test
  void sameBytesAsInAFolder() {
    String[] command = vectors(bucket.resolve("items.npy").uri(), bucket.resolve("out").uri());
    Location run = bucket.resolve("out").resolve("runs").resolve("same");
    Published local = Published.of(program.run(vectors("items.npy", "out")));
    Outcome remote = program.run(command).succeeded();
    assertThat(remote.out()).contains(run.resolve("report.html").toString());
    same(local, run);

    assertThat(program.run("report", "--json", run.uri()).succeeded().json())
        .isEqualTo(local.report());
    program
        .run(
            "encode",
            bucket.resolve("items.npy").uri(),
            "--codebook",
            run.resolve("codebook").uri(),
            "--output",
            "encoded.jsonl")
        .succeeded();
    assertThat(folder.resolve("encoded.jsonl")).isNotEmptyFile();

    // Again, with nothing in the cache: everything is found done.
    Program elsewhere =
        program.with("SID_CACHE", folder.resolveSibling("object-store-caches/second").toString());
    assertThat(elsewhere.run(command).succeeded().out()).isEqualTo(remote.out());
  }

  @Test
  void manyTextFilesBelowAPrefix() {
    String[] settings = {"--name", "texts", "--set", "size=3", "--set", "maxTokens=8"};
    Published local = Published.of(program.run(texts("texts", "texts-out", settings)));
    Location out = bucket.resolve("texts-out");
    program.run(texts(bucket.resolve("texts").uri() + "/", out.uri(), settings)).succeeded();
    same(local, out.resolve("runs").resolve("texts"));
  }

  private static String[] texts(String dataset, String output, String[] settings) {
    String[] command = {"run", dataset, "--output", output};
    String[] all = Arrays.copyOf(command, command.length + settings.length);
    System.arraycopy(settings, 0, all, command.length, settings.length);
    return all;
  }

  private void refused(Program by, int exitCode, List<String> arguments, String... says) {
    new Refusal(by, folder.resolve("out")).run(exitCode, arguments, List.of(says));
  }

  private List<String> remoteItems() {
    return List.of(bucket.resolve("items.npy").uri());
  }

  @Test
  void missingBucket() {
    refused(
        program,
        Refusal.INVALID,
        List.of("s3://no-such-bucket/items.npy"),
        "no-such-bucket",
        "does not exist");
    refused(
        program,
        Refusal.FAILED,
        List.of("items.npy", "--output", "s3://no-such-bucket/out"),
        "no-such-bucket",
        "does not exist");
  }

  @Test
  void missingObject() {
    refused(
        program,
        Refusal.INVALID,
        List.of(bucket.resolve("absent.npy").uri()),
        "absent.npy",
        "does not exist");
  }

  @Test
  void wrongSecret() {
    refused(
        program.with("AWS_SECRET_ACCESS_KEY", "wrong"),
        Refusal.FAILED,
        remoteItems(),
        bucket.uri(),
        "AWS_SECRET_ACCESS_KEY");
  }

  @Test
  void unknownKey() {
    refused(
        program.with("AWS_ACCESS_KEY_ID", "nobody"),
        Refusal.FAILED,
        remoteItems(),
        bucket.uri(),
        "AWS_ACCESS_KEY_ID");
  }

  @Test
  void noCredentials() {
    refused(
        program
            .with("AWS_ACCESS_KEY_ID", "")
            .with("AWS_SECRET_ACCESS_KEY", "")
            .with("AWS_EC2_METADATA_DISABLED", "true")
            .with("AWS_CONFIG_FILE", folder.resolve("none").toString())
            .with("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString()),
        Refusal.FAILED,
        remoteItems(),
        "credentials",
        "AWS_ACCESS_KEY_ID");
  }
}
