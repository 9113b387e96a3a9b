package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.adapters.plan.RunPlan;
import io.semanticids.embed.ModelSettings;
import io.semanticids.embed.TextEmbedders;
import io.semanticids.store.Location;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All our activities, and what they keep open. One a process. */
public final class SemanticIdsActivities implements AutoCloseable {
  private final Engines engines;
  private final Object[] implementations;

  private SemanticIdsActivities(Engines engines) {
    this.engines = engines;
    this.implementations =
        new Object[] {
          new RequestReaderActivities(engines),
          new SweepReaderActivities(engines),
          new StageRunner(engines, new StageExecutors())
        };
  }

  /** Opens the stores; models and engines are opened when the first task needs them. */
  public static SemanticIdsActivities open(WorkerSettings settings) {
    return open(settings, TextEmbedders::open);
  }

  /** The same, with models that are opened in a way of one's own. */
  public static SemanticIdsActivities open(WorkerSettings settings, ModelOpener opener) {
    return new SemanticIdsActivities(new Engines(settings, opener));
  }

  /**
   * Loads a model before any task asks for it. It stays open until a task asks for another.
   *
   * @param weights the checkpoint's folder, below a root; null for a model that comes with the
   *     program
   * @throws io.semanticids.embed.ModelException when it cannot be loaded
   */
  public void load(String model, @Nullable String weights) {
    engines.embedder(
        ModelSettings.of(model)
            .withWeights(weights == null ? null : engines.checkpoint(Location.parse(weights)))
            .withDevice(engines.settings().device()));
  }

  /**
   * What a request will take and can reach on this machine. Nothing is written.
   *
   * @param measured whether the kernels and the model are timed, which takes seconds; else the plan
   *     says nothing of time
   * @throws io.semanticids.workflows.request.InvalidRequestException with all problems
   */
  public RunPlan plan(JsonNode request, boolean measured) {
    return new RunPlanner(engines).plan(request, measured);
  }

  /**
   * Names of the stages whose units are scratch: parts below the manifest's {@code units} are of no
   * use once there is a manifest.
   */
  public static Set<String> scratchStages() {
    return new StageExecutors().scratch();
  }

  /** To be registered on a worker. */
  public Object[] implementations() {
    return implementations.clone();
  }

  /**
   * Who is told, once, that this process's device no longer computes. Its task is handed back, and
   * so is every other that comes: the process should stop polling and be replaced. Called on the
   * task's thread: must be quick.
   */
  public void onDeviceLost(Consumer<String> listener) {
    engines.onDeviceLost(listener);
  }

  /**
   * Who is told, once, that a task hangs: it has shown no sign of work for longer than {@link
   * WorkerSettings#patience}. The server gives it to another worker; here it keeps its thread and
   * the device until the process ends. Called on a thread of ours: must be quick.
   */
  public void onHang(Consumer<String> listener) {
    engines.onHang(listener);
  }

  /** From now on tasks stop at their next checkpoint and go back to the queue. */
  public void drain() {
    engines.drain();
  }

  /**
   * Makes sure that every root honours put-once commits.
   *
   * @throws io.semanticids.store.StoreException naming the root that does not, or cannot be written
   */
  public void probe() {
    engines.settings().roots().forEach(root -> probe(Location.parse(root)));
  }

  /**
   * Makes sure that one place below a root does.
   *
   * @throws io.semanticids.store.StoreException if it does not, or cannot be written
   */
  public void probe(Location place) {
    engines.stores().probe(place);
  }

  /** The class of device of this process; results are the same to the byte within one class. */
  public String deviceClass() {
    return engines.deviceClass();
  }

  @Override
  public void close() {
    engines.close();
  }
}
