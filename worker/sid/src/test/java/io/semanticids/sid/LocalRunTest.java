package io.semanticids.sid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.workflows.request.InvalidRequestException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocalRunTest {
  @Test
  void locationsBecomeAbsoluteAndAreAllTheRoots() {
    ObjectNode typed = request().put("dataset", "items.jsonl").put("output", "/data/out");
    LocalRun run = LocalRun.of(typed, null);
    assertThat(run.roots())
        .containsExactly("file:///data/out", Path.of("items.jsonl").toUri().toString());
    assertThat(run.name()).matches("items-[0-9a-f]{8}");
    assertThat(run.folder().path()).isEqualTo(Path.of("/data/out/runs", run.name()));
    assertThat(run.sample()).isFalse();
  }

  @Test
  void nameStaysWhereTheOutputIsAnotherFolder() {
    ObjectNode typed = request().put("dataset", "items.jsonl");
    assertThat(LocalRun.of(typed.deepCopy().put("output", "a"), null).name())
        .isEqualTo(LocalRun.of(typed.deepCopy().put("output", "b"), null).name());
    assertThat(LocalRun.of(typed.deepCopy().put("size", 7), null).name())
        .isNotEqualTo(LocalRun.of(typed, null).name());
  }

  @Test
  void withoutDatasetTheSampleWithSettingsThatFitIt() {
    LocalRun run = LocalRun.of(request().put("output", "/data/out").put("levels", 2), null);
    assertThat(run.sample()).isTrue();
    assertThat(run.request().path("dataset").asText()).isEqualTo("file:///data/out/sample.jsonl");
    assertThat(run.request().path("uniform").asBoolean()).isTrue();
    assertThat(run.request().path("levels").asInt()).isEqualTo(2);
  }

  @Test
  void outputFallsToTheWorkingFolder() {
    LocalRun run = LocalRun.of(request().put("dataset", "items.jsonl"), "mine");
    assertThat(run.folder().path()).isEqualTo(Path.of("semantic-ids/runs/mine").toAbsolutePath());
  }

  @Test
  void namesThatAreNone() {
    ObjectNode typed = request().put("dataset", "items.jsonl");
    assertThatThrownBy(() -> LocalRun.of(typed, "a/b")).isInstanceOf(InvalidRequestException.class);
  }

  private static ObjectNode request() {
    return JsonNodeFactory.instance.objectNode();
  }
}
