package io.semanticids.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.semanticids.store.DamagedObjectException;
import io.semanticids.store.OutsideRootsException;
import io.semanticids.store.StoreDeniedException;
import io.semanticids.store.StoreFullException;
import io.semanticids.workflows.activity.FailureTypes;
import io.semanticids.workflows.request.InvalidRequestException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
  static Stream<Arguments> fatal() {
    return Stream.of(
        Arguments.of(
            new InvalidRequestException(List.of("size is 0")), FailureTypes.INVALID_REQUEST),
        Arguments.of(new StoreDeniedException("no", null), FailureTypes.ACCESS_DENIED),
        Arguments.of(new OutsideRootsException("outside"), FailureTypes.ACCESS_DENIED),
        Arguments.of(new StoreFullException("full", null), FailureTypes.STORE_FULL),
        Arguments.of(
            new UncheckedIOException(
                "Cannot write below /tmp", new IOException("/tmp/x: No space left on device")),
            FailureTypes.STORE_FULL),
        Arguments.of(new DamagedObjectException("torn", null), FailureTypes.DAMAGED));
  }

  @ParameterizedTest
  @MethodSource("fatal")
  void whatTryingAgainCannotHelpIsNotTriedAgain(RuntimeException thrown, String type) {
    Throwable failure =
        catchThrowable(
            () ->
                Failures.translated(
                    () -> {
                      throw thrown;
                    }));
    assertThat(failure)
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            application -> {
              assertThat(application.getType()).isEqualTo(type);
              assertThat(application.isNonRetryable()).isTrue();
              assertThat(application.getOriginalMessage()).isEqualTo(thrown.getMessage());
            });
  }

  /** Or the server keeps nothing of it. */
  @Test
  void failureThatIsToBeTriedAgainStaysSmall() {
    Throwable error = new IllegalStateException("x".repeat(5_000));
    for (int i = 0; i < 20; i++) {
      error = new UncheckedIOException("y".repeat(5_000), new IOException(error));
    }
    Throwable thrown = error;
    ApplicationFailure failure =
        Explanation.withoutTrace(
            ApplicationFailure.newFailureWithCause(
                Explanation.shortMessage(thrown), "type", Explanation.of(thrown)));
    int characters = 0;
    for (Throwable told = failure; told != null; told = told.getCause()) {
      characters += told.toString().length();
      for (StackTraceElement frame : told.getStackTrace()) {
        characters += frame.toString().length() + 1;
      }
    }
    assertThat(characters).isBetween(500, 3_500);
  }
}
