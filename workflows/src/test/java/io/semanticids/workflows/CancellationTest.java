package io.semanticids.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.workflows.activity.Stage;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cancelled run stops its tasks, ends as cancelled, and goes on when it is started again. */
class CancellationTest {
  /** Activities that have begun and not yet stopped. */
  private final AtomicInteger busy = new AtomicInteger();

  @Test
  void whileTheRequestIsRead() {
    cancelled(Opened.uniform(false).activities().opening(this::untilCancelled));
  }

  @Test
  void whileAStageIsPlanned() {
    cancelled(Opened.uniform(false).activities().planning(input -> untilCancelled()));
  }

  @Test
  void whileATaskIsComputed() {
    cancelled(Opened.uniform(false).activities().computing(task -> untilCancelled()));
  }

  @Test
  void whileAStageIsFinished() {
    cancelled(Opened.uniform(false).activities().finishing(stage -> untilCancelled()));
  }

  /** In the run itself, and in a child. */
  @ParameterizedTest
  @ValueSource(ints = {3, 256})
  void whileTasksAreComputedAndMoreAreQueued(int tasks) {
    FakeActivities activities = tasks(tasks);
    cancelled(activities);

    assertThat(activities.of("finish")).containsExactly("prepare");
    assertThat(activities.unitsOf("embed")).isZero();
  }

  @Test
  void theSameRequestGoesOn() {
    FakeActivities activities = tasks(256);
    cancelled(activities);
    activities.calls.clear();
    activities.computing(task -> {});

    try (RunServer server = RunServer.with(activities)) {
      server.run();
    }
    assertThat(activities.of("finish"))
        .containsExactly("embed", "fit 1", "encode", "evaluate", "publish");
  }

  private FakeActivities tasks(int tasks) {
    return Opened.uniform(false)
        .activities()
        .units(stage -> stage instanceof Stage.Embed ? tasks : 1)
        .computing(
            task -> {
              if (task.stage() instanceof Stage.Embed) {
                untilCancelled();
              }
            });
  }

  private void cancelled(FakeActivities activities) {
    try (RunServer server = RunServer.with(activities)) {
      WorkflowStub run = server.startValid();
      RunServer.until(() -> busy.get() > 0);

      run.cancel();

      assertThat(RunServer.failure(run)).isInstanceOf(CanceledFailure.class);
      assertThat(busy.get()).as("tasks that go on after the run has ended").isZero();
    }
  }

  /** Works until the run is cancelled, and a little longer: to its checkpoint. */
  private void untilCancelled() {
    ActivityExecutionContext context = Activity.getExecutionContext();
    busy.incrementAndGet();
    try {
      while (true) {
        context.heartbeat(null);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    } catch (ActivityCompletionException e) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      throw e;
    } finally {
      busy.decrementAndGet();
    }
  }
}
