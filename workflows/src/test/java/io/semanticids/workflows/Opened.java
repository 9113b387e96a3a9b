package io.semanticids.workflows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.semanticids.workflows.activity.BalanceSettings;
import io.semanticids.workflows.activity.Columns;
import io.semanticids.workflows.activity.EmbeddingModel;
import io.semanticids.workflows.activity.OpenedRequest;
import io.semanticids.workflows.activity.RunContext;
import io.semanticids.workflows.activity.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests as {@code OpenRequest} answers them. */
record Opened(
    @Nullable EmbeddingModel model,
    List<Integer> sizes,
    List<Boolean> uniform,
    OpenedRequest.Scope scope,
    boolean refit,
    boolean accelerate,
    Duration queueTimeout) {
  private static final EmbeddingModel MINILM =
      new EmbeddingModel("minilm", null, null, null, true, null, null, null);

  static Opened uniform(boolean... levels) {
    List<Boolean> uniform = new ArrayList<>();
    for (boolean level : levels) {
      uniform.add(level);
    }
    return new Opened(
        MINILM,
        Collections.nCopies(levels.length, 64),
        uniform,
        OpenedRequest.Scope.LEVEL,
        true,
        false,
        Duration.ofMinutes(30));
  }

  Opened scope(OpenedRequest.Scope other) {
    return new Opened(model, sizes, uniform, other, refit, accelerate, queueTimeout);
  }

  Opened keepCentroids() {
    return new Opened(model, sizes, uniform, scope, false, accelerate, queueTimeout);
  }

  Opened vectors() {
    return new Opened(null, sizes, uniform, scope, refit, accelerate, queueTimeout);
  }

  Opened accelerated() {
    return new Opened(model, sizes, uniform, scope, refit, true, queueTimeout);
  }

  Opened queueTimeout(Duration other) {
    return new Opened(model, sizes, uniform, scope, refit, accelerate, other);
  }

  OpenedRequest request() {
    return new OpenedRequest(
        JsonNodeFactory.instance.objectNode().put("dataset", "file:///in/items.jsonl"),
        new RunContext("file:///out/", "file:///in/items.jsonl", null, null, 2048),
        new Stage.Prepare(
            "d".repeat(64),
            null,
            new Columns("id", List.of("title", "description"), "\n", null, List.of("id")),
            false),
        model,
        sizes,
        uniform,
        scope,
        new BalanceSettings(0, 30, 8192, refit),
        1,
        1,
        accelerate,
        queueTimeout,
        List.of("scope has no effect"));
  }

  FakeActivities activities() {
    return new FakeActivities(request());
  }
}
