package io.semanticids.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.semanticids.embed.ModelSettings;
import io.semanticids.embed.TextEmbedders;
import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.FailureTypes;
import io.semanticids.workflows.activity.OpenedRequest;
import io.semanticids.workflows.activity.Stage;
import io.semanticids.workflows.activity.StagePlan;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that fails under the model: what libtorch says is thrown where libtorch would. */
class DeviceTest {
  private static final String ASSERT =
      "CUDA error: device-side assert triggered\nCUDA kernel errors might be reported at some other call";
  private static final String MEMORY = "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has";

  @TempDir Path root;

  private final List<String> lost = new ArrayList<>();
  private final List<String> halved = new ArrayList<>();
  private FaultyEmbedder model;
  private Runnable fault = () -> {};
  private Pipeline pipeline;
  private OpenedRequest opened;
  private Stage embed;
  private StagePlan plan;

  @BeforeEach
  void plan() throws IOException {
    Path items = root.resolve("items.jsonl");
    Files.write(
        items,
        IntStream.range(0, 40)
            .mapToObj("{\"id\": \"%1$d\", \"title\": \"thing %1$d\"}"::formatted)
            .toList());
    model =
        new FaultyEmbedder(TextEmbedders.open(ModelSettings.of("minilm"), 1), () -> fault.run());
    StageListener listener =
        new StageListener() {
          @Override
          public void progress(String stage, long done, long total, String unit) {}

          @Override
          public void finished(String stage) {}

          @Override
          public void halved(String stage, long times, int tokens) {
            halved.add(stage + " " + times + " " + tokens);
          }
        };
    pipeline = Pipeline.open(root, 1, listener, (settings, threads) -> model);
    pipeline.engines().onDeviceLost(lost::add);
    opened =
        pipeline.open(
            Pipeline.request("dataset", items.toString(), "output", root.resolve("out").toString()),
            "run");
    Artifact prepared = pipeline.run(opened.context(), opened.prepare()).artifact();
    embed = new Stage.Embed(prepared, opened.model());
    plan = pipeline.plan(opened.context(), embed);
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  private ApplicationFailure failure() {
    Throwable thrown = catchThrowable(() -> pipeline.compute(opened.context(), embed, plan));
    assertThat(thrown.getCause()).isInstanceOf(ApplicationFailure.class);
    return (ApplicationFailure) thrown.getCause();
  }

  private void failWith(String message) {
    fault =
        () -> {
          throw engineException(message);
        };
  }

  /** The engine's own exception; DJL itself is not to be known here. */
  private static RuntimeException engineException(String message) {
    try {
      return Class.forName("ai.djl.engine.EngineException")
          .asSubclass(RuntimeException.class)
          .getConstructor(String.class)
          .newInstance(message);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void poisonedDeviceHandsItsTaskBackAndComputesNoOther() {
    failWith(ASSERT);
    ApplicationFailure failure = failure();
    assertThat(failure.getType()).isEqualTo(FailureTypes.DEVICE_POISONED);
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getOriginalMessage())
        .contains("device-side assert triggered")
        .doesNotContain("\n");
    assertThat(lost).hasSize(1).first().asString().contains("device-side assert");

    fault = () -> {};
    int calls = model.calls();
    assertThat(failure().getType()).isEqualTo(FailureTypes.DEVICE_POISONED);
    assertThat(model.calls()).isEqualTo(calls);
    assertThat(lost).hasSize(1);
  }

  @Test
  void textThatIsTooMuchForTheDeviceGoesToAnother() {
    failWith(MEMORY);
    ApplicationFailure failure = failure();
    assertThat(failure.getType()).isEqualTo(FailureTypes.DEVICE_MEMORY);
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getOriginalMessage()).contains("maxTokens", "CUDA out of memory");
    assertThat(lost).isEmpty();

    // This one is still of use.
    fault = () -> {};
    assertThat(pipeline.compute(opened.context(), embed, plan)).isEqualTo(1);
  }

  @Test
  void smallerBatchesAreSaid() {
    fault = () -> model.halve();
    assertThat(pipeline.compute(opened.context(), embed, plan)).isEqualTo(1);
    assertThat(halved).containsExactly("embed 1 256");
  }

  @Test
  void smallerBatchesAreSaidOfATaskThatFailsAllTheSame() {
    fault =
        () -> {
          model.halve();
          throw engineException(MEMORY);
        };
    assertThat(failure().getType()).isEqualTo(FailureTypes.DEVICE_MEMORY);
    assertThat(halved).containsExactly("embed 1 256");
  }
}
