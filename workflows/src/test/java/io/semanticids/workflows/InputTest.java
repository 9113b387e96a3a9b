package io.semanticids.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.semanticids.workflows.activity.FailureTypes;
import io.temporal.api.common.v1.Payload;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent as a request ends the run with one readable message, never a loop. */
class InputTest {
  private static final FakeActivities ACTIVITIES = Opened.uniform(false).activities();
  private static RunServer server;

  @BeforeAll
  static void start() {
    server = RunServer.withAnyPayload(ACTIVITIES);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[1, 2]", "'text'", "3", "true", "{}"})
  void whatIsNoRequest(String json) {
    ApplicationFailure failure = RunServer.applicationFailure(server.start(RunServer.json(json)));

    assertThat(failure.getType()).isEqualTo(FailureTypes.INVALID_REQUEST);
    assertThat(failure.getOriginalMessage()).contains("dataset");
  }

  @Test
  void noInputAtAll() {
    ApplicationFailure failure = RunServer.applicationFailure(server.start());

    assertThat(failure.getType()).isEqualTo(FailureTypes.INVALID_REQUEST);
    assertThat(failure.getOriginalMessage()).contains("dataset");
  }

  @Test
  void allProblemsInOneMessage() {
    ApplicationFailure failure =
        RunServer.applicationFailure(
            server.start(RunServer.json("{'datset': 'x', 'siez': 3, 'levels': -1}")));

    assertThat(failure.getOriginalMessage()).contains("datset", "siez", "levels", "size");
    assertThat(ACTIVITIES.of("plan")).isEmpty();
  }

  @Test
  void severalInputs() {
    ApplicationFailure failure =
        RunServer.applicationFailure(
            server.start(RunServer.json("{'dataset': 's3://b/'}"), RunServer.json("{'size': 64}")));

    assertThat(failure.getType()).isEqualTo(FailureTypes.INVALID_REQUEST);
    assertThat(failure.getOriginalMessage()).contains("one JSON object");
  }

  @Test
  void nearlyTwoMegabytes() {
    ApplicationFailure failure =
        RunServer.applicationFailure(
            server.start(RunServer.json("{'dataset': '%s'}".formatted("x".repeat(1_900_000)))));

    assertThat(failure.getType()).isEqualTo(FailureTypes.INVALID_REQUEST);
    assertThat(failure.getOriginalMessage()).hasSizeLessThan(200).contains("65,536");
  }

  @Test
  void whatIsNotEvenJson() {
    List<Payload> payloads =
        List.of(
            payload("json/plain", new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"'}),
            payload("json/plain", "{\"dataset\": ".getBytes(StandardCharsets.UTF_8)),
            payload("json/plain", "[".repeat(5_000).getBytes(StandardCharsets.UTF_8)),
            payload("json/plain", new byte[0]),
            payload("binary/plain", "dataset".getBytes(StandardCharsets.UTF_8)),
            payload("binary/zip", new byte[] {1, 2, 3}));
    for (Payload payload : payloads) {
      WorkflowStub run = server.start(new RawValue(payload));

      assertThat(RunServer.applicationFailure(run).getOriginalMessage())
          .isNotBlank()
          .doesNotContain("NullPointer");
    }
    assertThat(ACTIVITIES.of("plan")).isEmpty();
  }

  private static Payload payload(String encoding, byte[] data) {
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8(encoding))
        .setData(ByteString.copyFrom(data))
        .build();
  }
}
