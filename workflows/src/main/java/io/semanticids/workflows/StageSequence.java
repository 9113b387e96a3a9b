package io.semanticids.workflows;

import io.semanticids.workflows.activity.OpenedRequest;
import io.semanticids.workflows.activity.RequestActivities;
import io.semanticids.workflows.activity.Stage;
import io.semanticids.workflows.activity.StageActivities;
import io.semanticids.workflows.activity.StageInput;
import io.semanticids.workflows.activity.StagePlan;
import io.semanticids.workflows.activity.StageResult;
import io.semanticids.workflows.activity.StageTimings;
import io.semanticids.workflows.activity.TaskResult;
import io.semanticids.workflows.activity.UnitRange;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs stages one after another and keeps their timings. Belongs to one workflow. */
final class StageSequence {
  /** The stages that timings.json names, whether a run has them or not. */
  private static final List<String> TIMINGS =
      List.of("prepare", "embed", "fit", "encode", "balance", "evaluate", "publish");

  private final OpenedRequest request;
  private final RunProgress progress;
  private final Map<String, StageTimings> timings = new LinkedHashMap<>();
  private final int signals;
  private final int ownTasks;

  StageSequence(OpenedRequest request, RunProgress progress) {
    this.request = request;
    this.progress = progress;
    this.signals = EventBudget.signalsPerStage(request);
    this.ownTasks = EventBudget.ownTasksPerStage(request);
    TIMINGS.forEach(name -> timings.put(name, StageTimings.NONE));
  }

  /**
   * Plans, computes and finishes a stage, or finds it done.
   *
   * @param timing which of the seven named timings it counts to
   * @param label for people
   */
  StageResult run(String timing, String label, Stage stage) {
    return run(timing, label, stage, null);
  }

  /** The last stage: timings.json is written before the manifest that ends the run. */
  StageResult publish(Stage stage, String run) {
    return run("publish", "publish", stage, spent -> recordTimings(run, spent));
  }

  private StageResult run(
      String timing, String label, Stage stage, @Nullable Consumer<StageTimings> beforeFinish) {
    long begun = Workflow.currentTimeMillis();
    progress.begin(label);
    String queue = queue(stage);
    StageInput input = new StageInput(request.context(), stage);
    StageActivities planning = Activities.plan(queue, label + ": plan", request.queueTimeout());
    StagePlan plan = Waiting.on(queue, progress, Async.function(planning::plan, input));
    StageResult result = plan.done();
    if (result == null) {
      progress.planned(plan.units(), plan.units() - units(plan));
      TaskResult computed = compute(label, queue, input, plan, beforeFinish == null);
      progress.advance(label, plan.units());
      if (beforeFinish != null) {
        beforeFinish.accept(spent(plan, computed, 0, begun));
      }
      result = computed.finished();
      if (result == null) {
        result = Activities.compute(queue, label + ": finish").finish(input);
      }
      timings.merge(timing, spent(plan, computed, result.seconds(), begun), StageTimings::plus);
    } else {
      timings.merge(timing, spent(plan, TaskResult.NOTHING, 0, begun), StageTimings::plus);
    }
    progress.end();
    return result;
  }

  private static StageTimings spent(
      StagePlan plan, TaskResult computed, double more, long begunMillis) {
    return new StageTimings(
        computed.seconds() + more,
        (Workflow.currentTimeMillis() - begunMillis) / 1000.0,
        computed.computed(),
        plan.units() - computed.computed(),
        computed.retries());
  }

  /**
   * @param finish whether the task after which no unit is left finishes the stage as well; without,
   *     there is one task
   */
  @SuppressWarnings("deprecation") // TERMINATE_IF_RUNNING: children have no conflict policy
  private TaskResult compute(
      String label, String queue, StageInput input, StagePlan plan, boolean finish) {
    if (plan.tasks().size() <= ownTasks) {
      return new StageTasks(
              input, plan, label, queue, tasks -> progress.advance(label, tasks.done()))
          .run(finish);
    }
    ComputeStage child =
        Workflow.newChildWorkflowStub(
            ComputeStage.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(
                    Workflow.getInfo().getWorkflowId() + "/" + label.replaceAll("[^a-z0-9]+", "-"))
                .setTaskQueue(Workflow.getInfo().getTaskQueue())
                .setStaticSummary(label)
                // After a reset the child of the run before may still be there: only a run of this
                // name makes ids like these, so it is an orphan.
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING)
                .build());
    return child.run(new ComputeStageInput(input, plan, label, queue, signals));
  }

  private void recordTimings(String run, StageTimings publishing) {
    Map<String, StageTimings> soFar = new LinkedHashMap<>(timings);
    soFar.merge("publish", publishing, StageTimings::plus);
    StageTimings total = soFar.values().stream().reduce(StageTimings.NONE, StageTimings::plus);
    soFar.put(
        "total",
        new StageTimings(
            total.seconds(),
            progress.elapsedMillis() / 1000.0,
            total.units(),
            total.adopted(),
            total.retries()));
    RequestActivities activities =
        Activities.request(TaskQueues.CPU, "record timings", request.queueTimeout());
    Waiting.on(
        TaskQueues.CPU,
        progress,
        Async.procedure(activities::recordTimings, request.context(), run, soFar));
  }

  private String queue(Stage stage) {
    boolean embedding = stage instanceof Stage.Embed;
    boolean numeric = !(stage instanceof Stage.Prepare || stage instanceof Stage.Publish);
    return embedding || (numeric && request.accelerate()) ? TaskQueues.GPU : TaskQueues.CPU;
  }

  private static int units(StagePlan plan) {
    return plan.tasks().stream().mapToInt(UnitRange::count).sum();
  }
}
