package io.semanticids.embed;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A Hugging Face checkpoint folder: {@code config.json}, {@code tokenizer.json}, and {@code
 * model.safetensors} or {@code model.safetensors.index.json} with the files that it names. Only
 * headers are read here.
 */
final class Checkpoint {
  private static final String INDEX = "model.safetensors.index.json";
  private static final Set<String> DESCRIPTIONS = Set.of("config.json", "tokenizer.json", INDEX);

  private final CheckpointFolder folder;
  private final CheckpointConfig config;
  private final List<Path> weightFiles;
  private final Map<String, StoredTensor> tensors;

  private Checkpoint(
      CheckpointFolder folder,
      CheckpointConfig config,
      List<Path> weightFiles,
      Map<String, StoredTensor> tensors) {
    this.folder = folder;
    this.config = config;
    this.weightFiles = weightFiles;
    this.tensors = tensors;
  }

  static boolean needs(String name) {
    return DESCRIPTIONS.contains(name) || (name.endsWith(".safetensors") && name.indexOf('/') < 0);
  }

  /**
   * Reads a folder.
   *
   * @throws ModelException when a file is missing, truncated or of another form
   */
  static Checkpoint read(CheckpointFolder folder) {
    Path path = folder.path();
    CheckpointConfig config = new CheckpointConfig(json(folder, path.resolve("config.json")));
    if (!Files.isRegularFile(path.resolve("tokenizer.json"))) {
      throw missing(folder, path.resolve("tokenizer.json"));
    }
    Path index = path.resolve(INDEX);
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    List<Path> files = new ArrayList<>();
    if (Files.isRegularFile(index)) {
      JsonObject names = weightMap(folder, index);
      TreeSet<String> shards = new TreeSet<>();
      for (JsonElement shard : names.asMap().values()) {
        shards.add(shard.getAsString());
      }
      for (String shard : shards) {
        Path file = path.resolve(shard).normalize();
        if (!path.equals(file.getParent())) {
          throw new ModelException(
              "%s names a file outside its folder: \"%s\".".formatted(folder.nameOf(index), shard));
        }
        files.add(file);
        tensors.putAll(Safetensors.read(file, folder.nameOf(file)));
      }
      for (String name : names.keySet()) {
        if (!tensors.containsKey(name)) {
          throw new ModelException(
              "%s says that tensor %s is in %s, but it is not there. Download the checkpoint again."
                  .formatted(folder.nameOf(index), name, names.get(name).getAsString()));
        }
      }
    } else {
      Path file = path.resolve("model.safetensors");
      files.add(file);
      tensors.putAll(Safetensors.read(file, folder.nameOf(file)));
    }
    return new Checkpoint(folder, config, List.copyOf(files), tensors);
  }

  CheckpointFolder folder() {
    return folder;
  }

  CheckpointConfig config() {
    return config;
  }

  List<Path> weightFiles() {
    return weightFiles;
  }

  Path configuration() {
    return folder.path().resolve("config.json");
  }

  Path tokenizer() {
    return folder.path().resolve("tokenizer.json");
  }

  /**
   * A tensor of the model itself: checkpoints of whole language models put {@code model.} before
   * its name.
   */
  @Nullable StoredTensor tensor(String name) {
    StoredTensor plain = tensors.get(name);
    return plain == null ? tensors.get("model." + name) : plain;
  }

  private static JsonObject weightMap(CheckpointFolder folder, Path index) {
    if (json(folder, index).get("weight_map") instanceof JsonObject map
        && map.asMap().values().stream().allMatch(JsonElement::isJsonPrimitive)) {
      return map;
    }
    throw new ModelException(
        "%s has no weight_map of names to files.".formatted(folder.nameOf(index)));
  }

  private static JsonObject json(CheckpointFolder folder, Path file) {
    if (!Files.isRegularFile(file)) {
      throw missing(folder, file);
    }
    try {
      return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw new ModelException(
          "%s is not a JSON object that can be read: %s."
              .formatted(folder.nameOf(file), e.getMessage()),
          e);
    }
  }

  private static ModelException missing(CheckpointFolder folder, Path file) {
    return new ModelException(
        "%s is missing: weights must be a Hugging Face checkpoint folder with config.json, tokenizer.json and *.safetensors."
            .formatted(folder.nameOf(file)));
  }
}
