package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.tensor.Progress;
import io.semanticids.workflows.activity.Stage;

/** How one kind of stage is computed. Stateless and thread-safe. */
interface StageExecutor<S extends Stage> {
  /**
   * Goes up whenever the stage's bytes would change for the same input: it is part of the
   * fingerprint.
   */
  int version();

  /** Whether the results depend on the device class. */
  boolean numeric();

  /** The class of devices within which the results are the same bytes; empty where all are. */
  default String deviceClass(Engines engines, S stage) {
    return numeric() ? engines.deviceClass() : "";
  }

  /** What must hold before the first unit is computed. */
  default void check(StageScope scope, S stage, Progress progress) {}

  /**
   * Whether what a finished stage has written outside its own folder is still there; where it was
   * deleted, the stage is done again.
   */
  default boolean intact(StageScope scope, S stage) {
    return true;
  }

  /** How many units the stage has. */
  int units(StageScope scope, S stage);

  /** Rows that all units together read, for progress; 0 where it is not known. */
  default long rows(StageScope scope, S stage) {
    return 0;
  }

  /** Computes a unit and commits it. */
  void compute(StageScope scope, S stage, int unit, Progress progress);

  /** Whether units are of no use once the stage is finished: sums that its result has taken in. */
  default boolean scratch() {
    return false;
  }

  /** Puts the committed units together; returns the facts that go into the manifest. */
  JsonNode finish(StageScope scope, S stage, Progress progress);
}
