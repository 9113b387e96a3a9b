package io.semanticids.adapters;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.semanticids.workflows.activity.Stage;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which executor computes which stage. */
final class StageExecutors {
  private final Map<Class<? extends Stage>, StageExecutor<? extends Stage>> byStage =
      Map.ofEntries(
          Map.entry(Stage.Prepare.class, new PrepareExecutor()),
          Map.entry(Stage.Embed.class, new EmbedExecutor()),
          Map.entry(Stage.Fit.class, new FitExecutor()),
          Map.entry(Stage.Encode.class, new EncodeExecutor()),
          Map.entry(Stage.FitLevel.class, new FitLevelExecutor()),
          Map.entry(Stage.SoftLoads.class, new SoftLoadsExecutor()),
          Map.entry(Stage.Repair.class, new RepairExecutor()),
          Map.entry(Stage.Assign.class, new AssignExecutor()),
          Map.entry(Stage.Shuffle.class, new ShuffleExecutor()),
          Map.entry(Stage.Group.class, new GroupExecutor()),
          Map.entry(Stage.Scatter.class, new ScatterExecutor()),
          Map.entry(Stage.Evaluate.class, new EvaluateExecutor()),
          Map.entry(Stage.Publish.class, new PublishExecutor()));

  private static final Set<Class<?>> BALANCING =
      Set.of(
          Stage.FitLevel.class,
          Stage.SoftLoads.class,
          Stage.Repair.class,
          Stage.Assign.class,
          Stage.Shuffle.class,
          Stage.Group.class,
          Stage.Scatter.class);

  /** Names of the stages whose units are of no use once they are finished. */
  Set<String> scratch() {
    return Arrays.stream(Stage.class.getAnnotation(JsonSubTypes.class).value())
        .filter(type -> executor(type.value()).scratch())
        .map(JsonSubTypes.Type::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The version of each stage that a run goes through, by the stage's name. */
  Map<String, String> versions(boolean balanced) {
    return Arrays.stream(Stage.class.getAnnotation(JsonSubTypes.class).value())
        .filter(type -> balanced || !BALANCING.contains(type.value()))
        .collect(
            Collectors.toMap(
                JsonSubTypes.Type::name,
                type -> String.valueOf(executor(type.value()).version()),
                (one, other) -> one,
                TreeMap::new));
  }

  private StageExecutor<? extends Stage> executor(Class<?> stage) {
    return Objects.requireNonNull(byStage.get(stage), stage.getName());
  }

  /**
   * The executor of this kind of stage. The map pairs each class with an executor of that very
   * class.
   */
  @SuppressWarnings("unchecked")
  StageExecutor<Stage> of(Stage stage) {
    return (StageExecutor<Stage>) byStage.get(stage.getClass());
  }
}
