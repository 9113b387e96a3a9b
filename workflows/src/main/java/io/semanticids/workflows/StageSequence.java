package io.semanticids.workflows;

import io.semanticids.workflows.activity.OpenedRequest;
import io.semanticids.workflows.activity.Stage;
import io.semanticids.workflows.activity.StageInput;
import io.semanticids.workflows.activity.StagePlan;
import io.semanticids.workflows.activity.StageResult;
import io.semanticids.workflows.activity.StageTask;
import io.semanticids.workflows.activity.StageTimings;
import io.semanticids.workflows.activity.TaskResult;
import io.semanticids.workflows.activity.UnitRange;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs stages one after another and keeps their timings. Belongs to one workflow. */
final class StageSequence {
  private final OpenedRequest request;
  private final RunProgress progress;
  private final Map<String, StageTimings> timings = new LinkedHashMap<>();
  private final long started = Workflow.currentTimeMillis();

  StageSequence(OpenedRequest request, RunProgress progress) {
    this.request = request;
    this.progress = progress;
  }

  /**
   * Plans, computes and finishes a stage, or finds it done.
   *
   * @param timing which of the seven named timings it counts to
   * @param label for people
   */
  StageResult run(String timing, String label, Stage stage) {
    return run(timing, label, stage, () -> {});
  }

  /** The last stage: timings.json is written before the manifest that ends the run. */
  StageResult publish(Stage stage, String run) {
    return run("publish", "publish", stage, () -> recordTimings(run));
  }

  private StageResult run(String timing, String label, Stage stage, Runnable beforeFinish) {
    long begun = Workflow.currentTimeMillis();
    progress.begin(label);
    String queue = queue(stage);
    StageInput input = new StageInput(request.context(), stage);
    StagePlan plan =
        Waiting.on(
            queue,
            progress,
            () -> Activities.plan(queue, label + ": plan", request.queueTimeout()).plan(input));
    StageResult result;
    TaskResult computed = TaskResult.NOTHING;
    if (plan.done() == null) {
      progress.planned(plan.units(), plan.units() - units(plan));
      computed = compute(label, queue, input, plan);
      beforeFinish.run();
      result = Activities.compute(queue, label + ": finish").finish(input);
    } else {
      result = plan.done();
    }
    StageTimings spent =
        new StageTimings(
            computed.seconds() + (plan.done() == null ? result.seconds() : 0),
            (Workflow.currentTimeMillis() - begun) / 1000.0,
            computed.computed(),
            plan.units() - computed.computed(),
            computed.retries());
    timings.merge(timing, spent, StageTimings::plus);
    progress.end();
    return result;
  }

  private TaskResult compute(String label, String queue, StageInput input, StagePlan plan) {
    if (plan.tasks().isEmpty()) {
      return TaskResult.NOTHING;
    }
    if (plan.tasks().size() == 1) {
      UnitRange task = plan.tasks().get(0);
      return Activities.compute(queue, DefaultComputeStage.summary(label, task, plan.units()))
          .compute(new StageTask(input.context(), input.stage(), plan.fingerprint(), task));
    }
    ComputeStage child =
        Workflow.newChildWorkflowStub(
            ComputeStage.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(
                    Workflow.getInfo().getWorkflowId() + "/" + label.replaceAll("[^a-z0-9]+", "-"))
                .setTaskQueue(Workflow.getInfo().getTaskQueue())
                .setStaticSummary(label)
                .build());
    return child.run(new ComputeStageInput(input, plan, label, queue));
  }

  private void recordTimings(String run) {
    Map<String, StageTimings> soFar = new LinkedHashMap<>(timings);
    StageTimings total = timings.values().stream().reduce(StageTimings.NONE, StageTimings::plus);
    soFar.put(
        "total",
        new StageTimings(
            total.seconds(),
            (Workflow.currentTimeMillis() - started) / 1000.0,
            total.units(),
            total.adopted(),
            total.retries()));
    Activities.request(TaskQueues.CPU, "record timings", request.queueTimeout())
        .recordTimings(request.context(), run, soFar);
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
