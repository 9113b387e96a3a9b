package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowStub;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests as the web UI, {@code tctl} and anybody else can send them over gRPC, to a real server
 * with a real worker: whatever arrives, the run ends soon, with one message that helps.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestsIT {
  private static final String TYPE = "BuildSemanticIds";
  private static final String INVALID_REQUEST = "InvalidRequest";
  private static final String UNREADABLE = "io.temporal.common.converter.DataConverterException";
  private static final int LONGEST_MESSAGE = 2_100;

  private Path folder;
  private Namespace namespace;
  private LiveWorker worker;

  @BeforeAll
  void start() throws Exception {
    namespace = Namespace.create("requests");
    folder = Work.folder("requests");
    Work.write(folder.resolve("root/items.jsonl"), Inputs.lines(50, Inputs::item));
    Inputs.vectors(600, 6, 1).write(folder.resolve("root/items.npy"));
    Work.write(folder.resolve("elsewhere/items.jsonl"), Inputs.lines(50, Inputs::item));
    // Nobody embeds: a run of texts is there for as long as it is looked at.
    worker =
        LiveWorker.start(
            namespace.in(Program.in(folder).brief()),
            "worker",
            "--role",
            "cpu",
            "--root",
            folder.resolve("root").toString());
  }

  @AfterAll
  void stop() {
    if (worker != null) {
      worker.close();
    }
    if (namespace != null) {
      namespace.close();
    }
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments("no input", INVALID_REQUEST, List.of(), List.of("missing", "{\"dataset\": ")),
        arguments("null", INVALID_REQUEST, json("null"), List.of("null", "{\"dataset\": ")),
        arguments("array", INVALID_REQUEST, json("[{\"dataset\": \"x\"}]"), List.of("array")),
        arguments("string", INVALID_REQUEST, json("\"dataset=x\""), List.of("string")),
        arguments("number", INVALID_REQUEST, json("3"), List.of("number")),
        arguments("boolean", INVALID_REQUEST, json("true"), List.of("truth value")),
        arguments("empty object", INVALID_REQUEST, json("{}"), List.of("dataset: is missing")),
        arguments("nil payload", INVALID_REQUEST, payload("binary/null", ""), List.of("missing")),
        arguments("invalid UTF-8", UNREADABLE, payload(invalidUtf8()), List.of("UTF-8")),
        arguments("half an object", UNREADABLE, json("{\"dataset\": \"x\""), List.of("end")),
        arguments("no JSON", UNREADABLE, json("dataset=x"), List.of("dataset")),
        arguments("nothing in it", INVALID_REQUEST, json(""), List.of("missing")),
        arguments("NaN", UNREADABLE, json("{\"tau\": NaN}"), List.of("NaN")),
        arguments("deep", UNREADABLE, json("[".repeat(5_000)), List.of("nesting")),
        arguments("encoding binary", UNREADABLE, payload("binary/plain", "{}"), List.of("{}")),
        arguments("encoding unknown", UNREADABLE, payload("x/y", "{}"), List.of("x/y")),
        arguments("no encoding", UNREADABLE, payload(Payload.getDefaultInstance()), List.of("")),
        arguments(
            "1.9 MB", INVALID_REQUEST, json(object("x".repeat(1_900_000))), List.of("65,536")),
        arguments(
            "1.9 MB of keys",
            INVALID_REQUEST,
            json("{\"dataset\": \"x\"" + keys(110_000) + "}"),
            List.of("65,536")),
        arguments("1.9 MB that is no JSON", UNREADABLE, json("x".repeat(1_900_000)), List.of("")),
        arguments(
            "1.9 MB of binary",
            UNREADABLE,
            payload("binary/plain", "x".repeat(1_900_000)),
            List.of("")),
        arguments(
            "two inputs",
            INVALID_REQUEST,
            List.of(one("{\"dataset\": \"x\"}"), one("{\"size\": 64}")),
            List.of("2 inputs", "one JSON object")),
        arguments(
            "ten inputs",
            INVALID_REQUEST,
            IntStream.range(0, 10).mapToObj(i -> one("\"" + i + "\"")).toList(),
            List.of("one JSON object")),
        arguments(
            "misspelt and mistyped",
            INVALID_REQUEST,
            json("{\"datset\": \"x\", \"size\": \"many\", \"uniform\": 3, \"levels\": 2.5}"),
            List.of("did you mean dataset?", "size: ", "uniform: ", "levels: ")),
        arguments(
            "beyond 2^53",
            INVALID_REQUEST,
            json("{\"dataset\": \"x\", \"seed\": 9007199254740993}"),
            List.of("seed", "quotes")),
        arguments(
            "huge numbers",
            INVALID_REQUEST,
            json("{\"dataset\": \"x\", \"size\": 1e999, \"iterations\": 99999999999999999999}"),
            List.of("size: ", "iterations: ")),
        arguments(
            "absent dataset",
            INVALID_REQUEST,
            json("{\"dataset\": \"ROOT/absent.jsonl\"}"),
            List.of("absent.jsonl", "does not exist")),
        arguments(
            "outside the roots",
            INVALID_REQUEST,
            json("{\"dataset\": \"ROOT/../elsewhere/items.jsonl\"}"),
            List.of("elsewhere", "(..)")),
        arguments(
            "output outside the roots",
            INVALID_REQUEST,
            json("{\"dataset\": \"ROOT/items.jsonl\", \"output\": \"/tmp/out\"}"),
            List.of("/tmp/out", "--root")),
        arguments(
            "file of the system",
            INVALID_REQUEST,
            json("{\"dataset\": \"file:///etc/passwd\"}"),
            List.of("/etc/passwd", "--root")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void isRefused(String name, String type, List<Payload> input, List<String> says) {
    String run = name.replaceAll("[^A-Za-z0-9]+", "-");
    namespace.start(TYPE, run, input.stream().map(this::below).toList());
    assertRefused(name, run, type, says);
  }

  @Test
  void mistypedWorkflowType() {
    namespace.start("BuildSemanticIDs", "mistyped-type", json("{\"dataset\": \"x\"}"));
    assertRefused("type", "mistyped-type", "UnknownWorkflowType", List.of("'BuildSemanticIds'"));
  }

  @Test
  void stageStartedByHand() {
    namespace.start("ComputeStage", "stage-without-input", List.of());
    assertRefused("no input", "stage-without-input", INVALID_REQUEST, List.of("start that"));
    namespace.start("ComputeStage", "stage-with-a-request", json("{\"dataset\": \"x\"}"));
    assertRefused("request", "stage-with-a-request", UNREADABLE, List.of(""));
  }

  @Test
  void runNamesThatLeadElsewhere() {
    for (String run : List.of("../../elsewhere", "a/b", ".hidden", "ü", "x".repeat(129))) {
      namespace.start(TYPE, run, List.of(below(one("{\"dataset\": \"ROOT/items.jsonl\"}"))));
      assertRefused(run, run, INVALID_REQUEST, List.of("run"));
    }
  }

  /** What tctl makes of numbers, and what people write in forms. */
  @Test
  void whatIsTakenForWhatItMeans() {
    namespace.start(
        TYPE,
        "coerced",
        List.of(
            below(
                one(
                    """
                    {"dataset": "ROOT/items.npy", "size": 4.0, "levels": "2", "uniform": "true",
                     "seed": "9007199254740993", "shardRows": 512.0, "queueTimeout": "PT1M"}
                    """))));
    assertThat(namespace.closed("coerced").getEventType())
        .isEqualTo(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED);
    JsonNode effective =
        namespace
            .client()
            .newUntypedWorkflowStub("coerced")
            .query("effectiveRequest", JsonNode.class);
    assertThat(effective.path("size")).hasToString("[4,4]");
    assertThat(effective.path("uniform")).hasToString("[true,true]");
    assertThat(effective.path("levels")).hasToString("2");
    assertThat(effective.path("shardRows")).hasToString("512");
    assertThat(effective.path("seed").asText()).isEqualTo("9007199254740993");
  }

  @Test
  void signalsAndQueriesOfWrongTypes() {
    String run = "signalled";
    namespace.start(
        TYPE,
        run,
        List.of(below(one("{\"dataset\": \"ROOT/items.jsonl\", \"queueTimeout\": \"P1D\"}"))));
    WorkflowStub stub = namespace.client().newUntypedWorkflowStub(run);
    List<List<Payload>> odd =
        List.of(
            List.of(),
            json("null"),
            json("{\"a\": 1}"),
            List.of(one("\"embed\""), one("\"many\"")),
            List.of(one("\"embed\""), one("null")),
            List.of(one("[]"), one("[]"), one("[]")),
            payload("x/y", "{}"),
            payload(invalidUtf8()));
    for (List<Payload> input : odd) {
      namespace.signal(run, "stageProgress", input);
      namespace.signal(run, "noSuchSignal", input);
      // Whatever comes along with it, a query is answered, or refused in a sentence.
      assertThat(namespace.query(run, "status", input)).isNotBlank();
      assertThat(namespace.query(run, "noSuchQuery", input)).contains("noSuchQuery");
    }
    assertThat(namespace.query(run, "status", List.of())).contains("\"stage\":");
    assertThat(namespace.taskFailures(run)).isEmpty();
    stub.cancel();
    assertThat(namespace.closed(run).getEventType())
        .isEqualTo(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED);
    assertThat(namespace.taskFailures(run)).isEmpty();
  }

  @Test
  void queueWithoutWorkers() {
    namespace.start(
        TYPE,
        "no-gpu",
        List.of(below(one("{\"dataset\": \"ROOT/items.jsonl\", \"queueTimeout\": \"PT2S\"}"))));
    assertRefused("no gpu", "no-gpu", "NoWorker", List.of("semantic-ids-gpu", "--role gpu"));
  }

  private void assertRefused(String name, String run, String type, List<String> says) {
    HistoryEvent end = namespace.closed(run);
    assertThat(end.getEventType())
        .as(name)
        .isEqualTo(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED);
    Failure failure = end.getWorkflowExecutionFailedEventAttributes().getFailure();
    System.out.printf("%s: %s%n", name, failure.getMessage());
    assertThat(failure.getMessage())
        .as(name)
        .isNotBlank()
        .hasSizeLessThan(LONGEST_MESSAGE)
        .contains(says)
        .doesNotContain("NullPointer", "\tat ");
    assertThat(failure.getApplicationFailureInfo().getType()).as(name).isEqualTo(type);
    assertThat(namespace.taskFailures(run)).as(name).isEmpty();
  }

  private Payload below(Payload payload) {
    String text = payload.getData().toStringUtf8();
    return text.contains("ROOT") ? one(text.replace("ROOT", folder + "/root")) : payload;
  }

  private static Payload one(String text) {
    return encoded("json/plain", ByteString.copyFromUtf8(text));
  }

  private static List<Payload> json(String text) {
    return List.of(one(text));
  }

  private static List<Payload> payload(String encoding, String text) {
    return List.of(encoded(encoding, ByteString.copyFromUtf8(text)));
  }

  private static List<Payload> payload(Payload payload) {
    return List.of(payload);
  }

  private static Payload encoded(String encoding, ByteString data) {
    return Payload.newBuilder()
        .putAllMetadata(Map.of("encoding", ByteString.copyFromUtf8(encoding)))
        .setData(data)
        .build();
  }

  private static Payload invalidUtf8() {
    byte[] bytes = "{\"dataset\": \"??\"}".getBytes(StandardCharsets.UTF_8);
    bytes[13] = (byte) 0xff;
    bytes[14] = (byte) 0xfe;
    return encoded("json/plain", ByteString.copyFrom(bytes));
  }

  private static String object(String dataset) {
    return "{\"dataset\": \"%s\"}".formatted(dataset);
  }

  private static String keys(int count) {
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < count; i++) {
      keys.append(", \"key").append(i).append("\": 1");
    }
    return keys.toString();
  }
}
