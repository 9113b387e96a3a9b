package io.semanticids.adapters;

import io.semanticids.workflows.activity.FailureTypes;
import io.temporal.failure.ApplicationFailure;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The catalogues that a run reads: nobody keeps them from being changed while it is on. */
final class Sources {
  private Sources() {}

  /**
   * Compares their content with what the run was opened on; cheap where their sizes and versions
   * are known in this process.
   *
   * @param dataset the content's identity
   * @param test null without test items
   * @param progress takes bytes that were read
   * @throws ApplicationFailure not to be retried, where either has changed
   */
  static void requireUnchanged(
      StageScope scope, String dataset, @Nullable String test, LongConsumer progress) {
    requireSame(scope, scope.context().dataset(), dataset, progress);
    String testItems = scope.context().test();
    if (testItems != null) {
      requireSame(scope, testItems, String.valueOf(test), progress);
    }
  }

  private static void requireSame(
      StageScope scope, String uri, String opened, LongConsumer progress) {
    String now = scope.engines().catalogues().identity(Requests.location(scope, uri), progress);
    if (!now.equals(opened)) {
      throw ApplicationFailure.newNonRetryableFailure(
          ("%s has changed since this run read it first. Put it back and start the same run again, or start the run"
                  + " under another name.")
              .formatted(uri),
          FailureTypes.INVALID_DATA);
    }
  }
}
