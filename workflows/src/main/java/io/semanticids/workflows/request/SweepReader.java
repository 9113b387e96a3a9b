package io.semanticids.workflows.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.workflows.request.SweepRequest.Combination;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a sweep's request; all problems of all its runs are reported together. */
public final class SweepReader {
  /** The key of the lists. */
  public static final String VARY = "vary";

  /** The most runs of a sweep. */
  public static final int MAX_RUNS = 64;

  private static final String EXAMPLE =
      "write a list for each key that changes, for example {\"vary\": {\"size\": [128, 256], \"uniform\": [false, true]}}";

  /** They change no figure: two runs would be one. */
  private static final Set<String> FIXED = Set.of("output", "shardRows", "queueTimeout");

  private static final int DIGITS = 8;

  private SweepReader() {}

  /**
   * Every combination, each a valid request.
   *
   * @param input a request with one more key, {@code vary}: an object of lists
   * @throws InvalidRequestException with everything that is wrong
   */
  public static SweepRequest read(@Nullable JsonNode input) {
    if (!(input instanceof ObjectNode object)) {
      // Says the same of a sweep as of a run.
      RequestReader.read(input);
      throw new IllegalStateException("A request that is no object was let through.");
    }
    List<String> problems = new ArrayList<>();
    ObjectNode base = object.deepCopy();
    JsonNode vary = base.remove(VARY);
    check(base, vary, problems);
    if (!problems.isEmpty()) {
      throw new InvalidRequestException(problems);
    }
    List<ObjectNode> combined = List.of(Json.object());
    for (Map.Entry<String, JsonNode> key : vary.properties()) {
      List<ObjectNode> longer = new ArrayList<>();
      for (ObjectNode settings : combined) {
        key.getValue().forEach(value -> longer.add(settings.deepCopy().set(key.getKey(), value)));
      }
      combined = longer;
    }
    return new SweepRequest(base, combinations(base, combined));
  }

  private static void check(ObjectNode base, @Nullable JsonNode vary, List<String> problems) {
    if (!(vary instanceof ObjectNode lists) || lists.isEmpty()) {
      problems.add(
          vary == null || vary.isNull() || vary.isObject()
              ? "vary: is missing or empty; " + EXAMPLE
              : "vary: %s is not an object; %s".formatted(Shown.json(vary), EXAMPLE));
      return;
    }
    long runs = 1;
    for (Map.Entry<String, JsonNode> list : lists.properties()) {
      String key = list.getKey();
      JsonNode values = list.getValue();
      if (!BuildRequest.keys().contains(key)) {
        problems.add("vary." + RequestReader.unknownKey(key));
      } else if (FIXED.contains(key)) {
        problems.add(
            "vary.%s: it changes no result, so its runs would be the same; give it once."
                .formatted(key));
      } else if (base.hasNonNull(key)) {
        problems.add("%s: is given once and varied too; leave one of them out.".formatted(key));
      }
      if (!values.isArray() || values.isEmpty()) {
        problems.add(
            "vary.%s: %s is not a list of values; write [%s]."
                .formatted(
                    Shown.word(key),
                    Shown.json(values),
                    values.isValueNode() && !values.isNull() ? Shown.json(values) : "64, 128"));
      } else {
        runs = Math.min(runs * values.size(), Integer.MAX_VALUE);
      }
    }
    if (runs > MAX_RUNS) {
      problems.add(
          "vary: makes %s runs, of at most %s; shorten a list."
              .formatted(Shown.number(runs), MAX_RUNS));
    }
  }

  private static List<Combination> combinations(ObjectNode base, List<ObjectNode> combined) {
    SweepProblems problems = new SweepProblems(combined.size());
    List<Combination> combinations = new ArrayList<>();
    Map<String, String> labels = new HashMap<>();
    for (ObjectNode settings : combined) {
      String label = SweepRequest.label(settings);
      try {
        BuildRequest request = RequestReader.read(SweepRequest.merged(base, settings));
        String run = RunName.of(request).value();
        String same = labels.putIfAbsent(run, label);
        if (same != null) {
          problems.add(label, "vary: \"%s\" is the same run as \"%s\".".formatted(label, same));
        }
        combinations.add(new Combination(run, settings, request));
      } catch (InvalidRequestException e) {
        problems.add(label, e.problems());
      }
    }
    problems.throwIfAny();
    return combinations;
  }

  /** {@code <dataset name>-sweep-<8 hex digits of its runs>}. */
  public static RunName name(SweepRequest sweep) {
    List<String> runs = sweep.combinations().stream().map(Combination::run).toList();
    byte[] named = String.join("\n", runs).getBytes(StandardCharsets.UTF_8);
    String first = runs.get(0).substring(0, runs.get(0).length() - DIGITS);
    int most = RunName.MAX_LENGTH - DIGITS - "sweep-".length();
    return new RunName(
        first.substring(0, Math.min(first.length(), most))
            + "sweep-"
            + HexFormat.of().formatHex(sha256(named)).substring(0, DIGITS));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
