package io.semanticids.workflows.request;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The effective request: every default filled in, one size and one switch a level. Its JSON is the
 * request's own (also where Jackson writes it), and reading that again gives an equal record.
 *
 * @param dataset where the training catalogue lies: {@code s3://…}, {@code file:///…} or a local
 *     path
 * @param test the test catalogue, null without one
 * @param output the folder of all runs, null: the worker's first root
 * @param id the field that identifies a row
 * @param text the fields of the text, joined in this order
 * @param separator what stands between them
 * @param group the field of the product group, null without one
 * @param model one of {@link ModelNames#ALL}
 * @param weights the checkpoint's folder, null for the built-in model
 * @param dimensions of an embedding; null: all that the model has
 * @param maxTokens of a text; null: the model's own
 * @param normalize embeddings, or the given vectors, to length 1; null: embeddings yes, given
 *     vectors no
 * @param instruction what is put before each text; null: the model's own
 * @param pooling one of {@link ModelNames#POOLINGS}; null: the model's own
 * @param precision one of {@link ModelNames#PRECISIONS}; null: the checkpoint's own
 * @param accelerate the numeric passes run on the queue of the accelerators too
 * @param levels the codes of a path
 * @param size codes of each level
 * @param uniform which levels are balanced
 * @param scope within what their loads are equal
 * @param refit centroids follow the balanced assignment
 * @param tau the last temperature of a balanced fit
 * @param iterations upper bound of the Newton steps on the sample
 * @param batch rows in a block of a pass
 * @param beam prefixes that a plain encoding keeps open
 * @param shardRows rows of a shard, a multiple of 512; null: as many as suit the catalogue
 * @param queueTimeout how long a task queue may be without workers
 * @param seed of everything random
 */
public record BuildRequest(
    String dataset,
    @Nullable String test,
    @Nullable String output,
    String id,
    List<String> text,
    String separator,
    @Nullable String group,
    String model,
    @Nullable String weights,
    @Nullable Integer dimensions,
    @Nullable Integer maxTokens,
    @Nullable Boolean normalize,
    @Nullable String instruction,
    @Nullable String pooling,
    @Nullable String precision,
    boolean accelerate,
    int levels,
    List<Integer> size,
    List<Boolean> uniform,
    Scope scope,
    boolean refit,
    Tau tau,
    int iterations,
    int batch,
    int beam,
    @Nullable Integer shardRows,
    Duration queueTimeout,
    long seed) {

  private static final List<String> KEYS =
      Arrays.stream(BuildRequest.class.getRecordComponents())
          .map(component -> component.getName())
          .toList();

  public BuildRequest {
    requireNonNull(dataset, "dataset");
    requireNonNull(id, "id");
    requireNonNull(separator, "separator");
    requireNonNull(model, "model");
    requireNonNull(scope, "scope");
    requireNonNull(tau, "tau");
    requireNonNull(queueTimeout, "queueTimeout");
    text = List.copyOf(text);
    size = List.copyOf(size);
    uniform = List.copyOf(uniform);
    if (levels < 1 || size.size() != levels || uniform.size() != levels) {
      throw new IllegalArgumentException(
          "size (%s) and uniform (%s) must have one value for each of the levels (%s)."
              .formatted(size, uniform, levels));
    }
  }

  /** The keys of a request, in the order in which they are written. */
  public static List<String> keys() {
    return KEYS;
  }

  /**
   * Whether any level is balanced: without one there is no "after".
   *
   * @return true if at least one level's switch is on
   */
  public boolean balanced() {
    return uniform.contains(true);
  }

  /**
   * The fields that a catalogue may lack, because nobody named them. A field is taken for named
   * unless its key has exactly the default value, so that writing a default out never changes what
   * a request means.
   */
  public List<String> optionalFields() {
    List<String> fields = new ArrayList<>();
    if (id.equals(Defaults.ID)) {
      fields.add(id);
    }
    if (text.equals(Defaults.TEXT)) {
      fields.addAll(text);
    }
    return List.copyOf(fields);
  }

  /** What is legal but has no effect, or not the expected one; one sentence each. */
  public List<String> warnings() {
    return RequestWarnings.of(this);
  }

  /** The request with every key, in the order of {@link #keys()}. */
  @JsonValue
  public JsonNode toJson() {
    ObjectNode json = Json.object();
    json.put("dataset", dataset);
    json.put("test", test);
    json.put("output", output);
    json.put("id", id);
    text.forEach(json.putArray("text")::add);
    json.put("separator", separator);
    json.put("group", group);
    json.put("model", model);
    json.put("weights", weights);
    json.put("dimensions", dimensions);
    json.put("maxTokens", maxTokens);
    json.put("normalize", normalize);
    json.put("instruction", instruction);
    json.put("pooling", pooling);
    json.put("precision", precision);
    json.put("accelerate", accelerate);
    json.put("levels", levels);
    ArrayNode sizes = json.putArray("size");
    size.forEach(sizes::add);
    ArrayNode switches = json.putArray("uniform");
    uniform.forEach(switches::add);
    json.put("scope", scope.key());
    json.put("refit", refit);
    json.set("tau", tau.toJson());
    json.put("iterations", iterations);
    json.put("batch", batch);
    json.put("beam", beam);
    json.put("shardRows", shardRows);
    json.put("queueTimeout", queueTimeout.toString());
    json.set("seed", Json.whole(seed));
    return json;
  }

  /**
   * Reads what {@link #toJson()} wrote, now or in an earlier version: keys that are not there take
   * their defaults. For people's requests there is {@link RequestReader}, which checks them.
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static BuildRequest fromJson(JsonNode effective) {
    ObjectNode json = Defaults.json();
    effective.properties().stream()
        .filter(entry -> !entry.getValue().isNull())
        .forEach(entry -> json.set(entry.getKey(), entry.getValue()));
    List<Integer> size = Json.list(json.get("size"), JsonNode::intValue);
    int levels = size.size() > 1 ? size.size() : json.get("levels").intValue();
    List<Boolean> uniform = Json.list(json.get("uniform"), JsonNode::booleanValue);
    return new BuildRequest(
        json.path("dataset").textValue(),
        Json.text(json, "test"),
        Json.text(json, "output"),
        json.get("id").textValue(),
        Json.list(json.get("text"), JsonNode::textValue),
        json.get("separator").textValue(),
        Json.text(json, "group"),
        json.get("model").textValue(),
        Json.text(json, "weights"),
        Json.number(json, "dimensions"),
        Json.number(json, "maxTokens"),
        json.has("normalize") ? (Boolean) json.get("normalize").booleanValue() : null,
        Json.text(json, "instruction"),
        Json.text(json, "pooling"),
        Json.text(json, "precision"),
        json.get("accelerate").booleanValue(),
        levels,
        Levels.repeat(size, levels),
        Levels.repeat(uniform, levels),
        Scope.of(json.get("scope").textValue()),
        json.get("refit").booleanValue(),
        Tau.of(json.get("tau")),
        json.get("iterations").intValue(),
        json.get("batch").intValue(),
        json.get("beam").intValue(),
        Json.number(json, "shardRows"),
        Duration.parse(json.get("queueTimeout").textValue()),
        Json.whole(json.get("seed")));
  }
}
