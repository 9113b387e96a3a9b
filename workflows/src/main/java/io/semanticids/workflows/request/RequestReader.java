package io.semanticids.workflows.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a person's request: every value is checked, tolerated forms are brought into the one form,
 * defaults are filled in, and all problems are reported together.
 */
public final class RequestReader {
  /** A small request, for messages. */
  public static final String EXAMPLE =
      "{\"dataset\": \"s3://catalogue/items/\", \"size\": 256, \"uniform\": true}";

  private static final int MAX_COUNT = 1 << 20;
  private static final int MAX_SEPARATOR = 100;
  private static final int MAX_INSTRUCTION = 2000;
  private static final int MAX_ITERATIONS = 10_000;
  private static final int MIN_BATCH = 512;
  private static final int MAX_BATCH = 65_536;
  private static final int MAX_BEAM = 256;
  private static final int MAX_BEAM_SIZE = 8_192;
  private static final int SHARD_UNIT = 512;
  private static final int MAX_BYTES = 16 * 1024;
  private static final int MAX_UNKNOWN = 20;

  private RequestReader() {}

  /**
   * The effective request.
   *
   * @param input what arrived; null if nothing did
   * @throws InvalidRequestException with everything that is wrong
   */
  public static BuildRequest read(@Nullable JsonNode input) {
    if (input == null || !input.isObject()) {
      throw new InvalidRequestException(List.of(noObject(input)));
    }
    List<String> problems = new ArrayList<>();
    unknownKeys(input, problems);
    BuildRequest request = fields(new Fields(input, problems));
    if (problems.isEmpty()) {
      JsonNode json = request.toJson();
      int bytes = json.toString().getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_BYTES) {
        problems.add(
            "the request takes %s bytes, of at most %s; shorten text, instruction or the locations."
                .formatted(Shown.number(bytes), Shown.number(MAX_BYTES)));
      }
      problems.addAll(RequestSchema.problems(json));
    }
    if (!problems.isEmpty()) {
      throw new InvalidRequestException(problems);
    }
    return request;
  }

  private static String noObject(@Nullable JsonNode input) {
    String start = "start with one JSON object, for example " + EXAMPLE;
    if (input == null || input.isMissingNode()) {
      return "It is missing: " + start;
    }
    if (input.isNull()) {
      return "It is null: " + start;
    }
    if (input.isArray()) {
      return "%s is an array: %s".formatted(Shown.json(input), start);
    }
    return "%s is a %s: %s"
        .formatted(
            Shown.json(input),
            input.isTextual() ? "string" : input.isBoolean() ? "truth value" : "number",
            start);
  }

  private static void unknownKeys(JsonNode input, List<String> problems) {
    int unknown = 0;
    for (Iterator<String> keys = input.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (!BuildRequest.keys().contains(key) && ++unknown <= MAX_UNKNOWN) {
        problems.add(unknownKey(key));
      }
    }
    if (unknown > MAX_UNKNOWN) {
      problems.add("%s more unknown keys.".formatted(Shown.number(unknown - MAX_UNKNOWN)));
    }
  }

  static String unknownKey(String key) {
    return "%s: there is no such key; %s"
        .formatted(
            key.isEmpty() ? "\"\"" : Shown.word(key),
            NearestName.of(key, BuildRequest.keys())
                .map("did you mean %s?"::formatted)
                .orElse("`sid schema` lists them."));
  }

  private static BuildRequest fields(Fields fields) {
    String dataset = fields.location("dataset");
    if (!fields.named("dataset")) {
      fields.problem("dataset", "is missing; say where the catalogue lies, as in " + EXAMPLE);
    }
    Levels levels = Levels.read(fields);
    BuildRequest request =
        new BuildRequest(
            Objects.requireNonNullElse(dataset, "?"),
            fields.location("test"),
            fields.location("output"),
            Objects.requireNonNullElse(fields.name("id"), Defaults.ID),
            fields.names("text"),
            Objects.requireNonNullElse(
                fields.string("separator", MAX_SEPARATOR), Defaults.SEPARATOR),
            fields.name("group"),
            Objects.requireNonNullElse(fields.choice("model", ModelNames.ALL), ModelNames.MINILM),
            fields.location("weights"),
            fields.whole("dimensions", 1, MAX_COUNT),
            fields.whole("maxTokens", 1, MAX_COUNT),
            fields.flag("normalize"),
            fields.string("instruction", MAX_INSTRUCTION),
            fields.choice("pooling", ModelNames.POOLINGS),
            fields.choice("precision", ModelNames.PRECISIONS),
            Objects.requireNonNullElse(fields.flag("accelerate"), false),
            levels.size().size(),
            levels.size(),
            levels.uniform(),
            Scope.of(
                Objects.requireNonNullElse(
                    fields.choice("scope", Scope.keys()), Scope.LEVEL.key())),
            Objects.requireNonNullElse(fields.flag("refit"), true),
            fields.tau("tau"),
            orElse(fields.whole("iterations", 1, MAX_ITERATIONS), Defaults.ITERATIONS),
            orElse(fields.whole("batch", MIN_BATCH, MAX_BATCH), Defaults.BATCH),
            orElse(fields.whole("beam", 1, MAX_BEAM), 1),
            fields.whole("shardRows", SHARD_UNIT, MAX_COUNT),
            fields.timeout("queueTimeout"),
            fields.seed("seed"));
    together(request, fields);
    return request;
  }

  /** What is wrong with values that are each well. */
  private static void together(BuildRequest request, Fields fields) {
    Integer shardRows = request.shardRows();
    if (shardRows != null && shardRows % SHARD_UNIT != 0) {
      int below = shardRows / SHARD_UNIT * SHARD_UNIT;
      fields.problem(
          "shardRows",
          "%s is not a multiple of %s; take %s or %s."
              .formatted(
                  Shown.number(shardRows),
                  SHARD_UNIT,
                  Shown.number(below),
                  Shown.number(below + SHARD_UNIT)));
    }
    if (request.beam() > 1 && request.size().stream().anyMatch(size -> size > MAX_BEAM_SIZE)) {
      fields.problem(
          "beam",
          "%s: beam search takes levels of at most %s codes, for it keeps a table for each two of them; take 1, or smaller sizes."
              .formatted(request.beam(), Shown.number(MAX_BEAM_SIZE)));
    }
    boolean builtIn = request.model().equals(ModelNames.MINILM);
    boolean modelRead =
        !fields.named("model") || fields.value("model").asText().equals(request.model());
    if (!modelRead || Vectors.given(request.dataset())) {
      return;
    }
    if (builtIn && fields.named("weights")) {
      fields.problem(
          "weights",
          "%s is given, but model minilm is built in and takes none; leave weights out, or name their model (%s)."
              .formatted(
                  Shown.json(fields.value("weights")),
                  String.join(", ", ModelNames.ALL.subList(1, ModelNames.ALL.size()))));
    } else if (!builtIn && !fields.named("weights")) {
      fields.problem(
          "weights",
          "is missing, and model %s needs it; say where the checkpoint's folder lies."
              .formatted(request.model()));
    }
  }

  private static int orElse(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }
}
