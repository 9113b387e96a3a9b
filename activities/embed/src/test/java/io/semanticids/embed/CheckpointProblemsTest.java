package io.semanticids.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointProblemsTest {
  @TempDir private Path temporary;

  @Test
  void anEmptyFolder() {
    assertThatThrownBy(() -> open(temporary))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("config.json is missing")
        .hasMessageContaining("Hugging Face checkpoint folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tokenizer.json", "model.safetensors"})
  void aMissingFile(String name) throws IOException {
    Path folder = TinyCheckpoints.copy("qwen3-f32", temporary);
    Files.delete(folder.resolve(name));
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("missing");
  }

  @Test
  void aMissingShard() throws IOException {
    Path folder = TinyCheckpoints.copy("qwen3-bf16", temporary);
    Files.delete(folder.resolve("model-00002-of-00003.safetensors"));
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model-00002-of-00003.safetensors are missing");
  }

  @Test
  void aTensorThatIsNotWhereTheIndexSays() throws IOException {
    Path folder = TinyCheckpoints.copy("qwen3-bf16", temporary);
    Path index = folder.resolve("model.safetensors.index.json");
    Files.writeString(
        index, Files.readString(index).replace("\"model.norm.weight\"", "\"model.other.weight\""));
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model.other.weight")
        .hasMessageContaining("not there");
  }

  @Test
  void anIndexThatLeavesItsFolder() throws IOException {
    Path folder = TinyCheckpoints.copy("qwen3-bf16", temporary);
    Path index = folder.resolve("model.safetensors.index.json");
    Files.writeString(index, Files.readString(index).replace("model-00001", "../model-00001"));
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("outside its folder");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 7, 9, 1_000, 138_359})
  void truncatedWeights(long bytes) throws IOException {
    Path folder = TinyCheckpoints.copy("qwen3-f32", temporary);
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("model.safetensors").toFile(), "rw")) {
      file.setLength(bytes);
    }
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model.safetensors are truncated: %d bytes".formatted(bytes));
  }

  @Test
  void weightsThatAreSomethingElse() throws IOException {
    Path folder = TinyCheckpoints.copy("qwen3-f32", temporary);
    Files.writeString(folder.resolve("model.safetensors"), "version https://git-lfs.github.com/");
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is no safetensors file");
    byte[] garbage = new byte[64];
    garbage[0] = 8;
    Arrays.fill(garbage, 8, 16, (byte) '[');
    Files.write(folder.resolve("model.safetensors"), garbage);
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is no safetensors file");
  }

  @Test
  void aHeaderWhoseOffsetsDoNotFitItsShapes() throws IOException {
    Path folder = TinyCheckpoints.copy("qwen3-f32", temporary);
    byte[] header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,12]}}  "
            .getBytes(StandardCharsets.UTF_8);
    byte[] file = new byte[8 + header.length + 16];
    file[0] = (byte) header.length;
    System.arraycopy(header, 0, file, 8, header.length);
    Files.write(folder.resolve("model.safetensors"), file);
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("damaged")
        .hasMessageContaining("tensor a of shape [2, 2]");
  }

  @Test
  void shapesUnlikeTheConfiguration() throws IOException {
    Path folder = config("qwen3-f32", json -> json.add("intermediate_size", new JsonPrimitive(64)));
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("layers.0.mlp.gate_proj.weight")
        .hasMessageContaining("has shape [48, 32], but config.json makes it [64, 32]")
        .hasMessageContaining("and 1 more");
  }

  @Test
  void elementTypesThatAreNotSupported() throws IOException {
    Path folder = TinyCheckpoints.copy("qwen3-f32", temporary);
    Path weights = folder.resolve("model.safetensors");
    // One byte a character, and as many as before.
    String content = Files.readString(weights, StandardCharsets.ISO_8859_1);
    Files.writeString(
        weights,
        content.replace("\"dtype\":\"F32\"", "\"dtype\":\"I32\""),
        StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("embed_tokens.weight in model.safetensors is of type I32")
        .hasMessageContaining("supported are BF16, F16 and F32");
  }

  @Test
  void moreLayersThanTensors() throws IOException {
    Path folder =
        config(
            "gemma3-bf16",
            json -> {
              json.add("num_hidden_layers", new JsonPrimitive(5));
              json.remove("layer_types");
            });
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("layers.4.self_attn.q_proj.weight is in none of the files");
  }

  @Test
  void anotherFamily() throws IOException {
    Path folder = config("qwen3-f32", json -> json.add("model_type", new JsonPrimitive("llama")));
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model_type llama is not supported")
        .hasMessageContaining("qwen3");
  }

  @Test
  void optionsThatAreNotSupportedAreAllNamed() throws IOException {
    Path folder =
        config(
            "qwen3-f32",
            json -> {
              json.add("attention_bias", new JsonPrimitive(true));
              json.add("hidden_act", new JsonPrimitive("relu"));
              JsonObject scaling = new JsonObject();
              scaling.addProperty("rope_type", "yarn");
              json.add("rope_scaling", scaling);
              json.add("rms_norm_eps", JsonNull.INSTANCE);
              json.add("head_dim", new JsonPrimitive("16"));
            });
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("attention_bias is true")
        .hasMessageContaining("hidden_act is relu")
        .hasMessageContaining("yarn")
        .hasMessageContaining("rms_norm_eps must be a positive number")
        .hasMessageContaining("head_dim must be a positive whole number");
    Path gemma =
        config(
            "gemma3-f32", json -> json.add("use_bidirectional_attention", new JsonPrimitive(true)));
    assertThatThrownBy(() -> open(gemma))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("use_bidirectional_attention is true");
  }

  @Test
  void aConfigurationThatIsNoJson() throws IOException {
    Path folder = TinyCheckpoints.copy("qwen3-f32", temporary);
    Files.writeString(folder.resolve("config.json"), "<html>");
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("config.json is not a JSON object");
  }

  @Test
  void aTokenizerOfAnotherModel() throws IOException {
    Path folder = TinyCheckpoints.copy("qwen3-f32", temporary);
    Files.copy(
        TinyCheckpoints.folder("gemma3-f32").resolve("tokenizer.json"),
        folder.resolve("tokenizer.json"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("does not fit the model")
        .hasMessageContaining("vocab_size is 384");
    Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": 3}");
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("not a tokenizer");
  }

  @Test
  void numbersBeyondTheModel() {
    ModelSettings settings =
        ModelSettings.of("checkpoint").withWeights(TinyCheckpoints.folder("qwen3-f32"));
    assertThatThrownBy(() -> TextEmbedders.identity(settings.withDimensions(33).withMaxTokens(513)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("dimensions is 33")
        .hasMessageContaining("have 32")
        .hasMessageContaining("maxTokens is 513")
        .hasMessageContaining("at most 512");
  }

  @Test
  void weightsOfAnotherModelThanNamed() {
    assertThatThrownBy(
            () ->
                TextEmbedders.open(
                    ModelSettings.of("qwen3-embedding-0.6b")
                        .withWeights(TinyCheckpoints.folder("qwen3-f32"))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("1024 dimensions")
        .hasMessageContaining("have 32");
  }

  @Test
  void tooLittleMemoryIsSaidWithTheNeed() {
    ProgramWeights weights =
        ModelFamily.of(Checkpoint.read(CheckpointFolder.of(TinyCheckpoints.folder("qwen3-bf16"))))
            .weights();
    FreeMemory.require(weights, ElementType.BFLOAT16, weights.mappedBytes());
    assertThat(weights.copiedBytes(ElementType.BFLOAT16)).isZero();
    assertThat(weights.copiedBytes(ElementType.FLOAT32)).isEqualTo(2 * weights.mappedBytes());
    assertThatThrownBy(
            () -> FreeMemory.require(weights, ElementType.FLOAT32, weights.mappedBytes()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("The weights need")
        .hasMessageContaining("are available")
        .hasMessageContaining("precision");
    assertThat(FreeMemory.bytes()).isPositive();
  }

  /** A table of more words than any memory holds, in a file that is all hole. */
  @Test
  void tooLittleMemoryIsSaidBeforeTheWeightsAreRead() throws IOException {
    long words = 2_000_000_000;
    long bytes = words * 32 * Float.BYTES;
    assumeTrue(FreeMemory.bytes() < bytes, "there is memory for all of it");
    Path folder = config("qwen3-f32", json -> json.add("vocab_size", new JsonPrimitive(words)));
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("model.safetensors").toFile(), "rw")) {
      byte[] header = new byte[(int) Long.reverseBytes(file.readLong())];
      file.readFully(header);
      long data = file.length() - file.getFilePointer();
      JsonObject tensors =
          JsonParser.parseString(new String(header, StandardCharsets.UTF_8)).getAsJsonObject();
      JsonArray offsets = new JsonArray();
      offsets.add(data);
      offsets.add(data + bytes);
      JsonArray shape = new JsonArray();
      shape.add(words);
      shape.add(32);
      tensors.getAsJsonObject("embed_tokens.weight").add("data_offsets", offsets);
      tensors.getAsJsonObject("embed_tokens.weight").add("shape", shape);
      String text = tensors.toString();
      byte[] changed = (text + " ".repeat(8 - text.length() % 8)).getBytes(StandardCharsets.UTF_8);
      file.seek(0);
      file.writeLong(Long.reverseBytes(changed.length));
      file.write(changed);
      file.setLength(file.getFilePointer() + data + bytes);
    }
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("The weights need 256.0 GB of memory")
        .hasMessageContaining("GB are available: use a larger machine");
  }

  /** What was fetched from elsewhere is named by where it came from. */
  @ParameterizedTest
  @CsvSource({
    "config.json, s3://bucket/model/config.json is missing",
    "tokenizer.json, s3://bucket/model/tokenizer.json is missing",
    "model-00002-of-00003.safetensors, s3://bucket/model/model-00002-of-00003.safetensors are missing",
    "model.safetensors.index.json, s3://bucket/model/model.safetensors are missing"
  })
  void aMissingFileOfARemoteCheckpoint(String missing, String message) throws IOException {
    Path folder = TinyCheckpoints.copy("qwen3-bf16", temporary);
    Files.delete(folder.resolve(missing));
    assertThatRemote(folder).contains(message);
  }

  @Test
  void aDamagedFileOfARemoteCheckpoint() throws IOException {
    for (String name : List.of("model.safetensors", "config.json", "tokenizer.json")) {
      Path folder = TinyCheckpoints.copy("qwen3-f32", temporary.resolve(name));
      Files.writeString(folder.resolve(name), "{");
      assertThatRemote(folder).contains("s3://bucket/model/" + name);
    }
    Path folder = config("qwen3-f32", json -> json.add("hidden_act", new JsonPrimitive("relu")));
    assertThatRemote(folder).contains("The checkpoint s3://bucket/model cannot be");
  }

  private AbstractStringAssert<?> assertThatRemote(Path folder) {
    ModelSettings settings =
        ModelSettings.of("checkpoint")
            .withWeights(new CheckpointFolder(folder, "s3://bucket/model"));
    return assertThatThrownBy(() -> TextEmbedders.open(settings, 1))
        .isInstanceOf(ModelException.class)
        .message()
        .doesNotContain(temporary.toString());
  }

  private Path config(String name, Consumer<JsonObject> change) throws IOException {
    Path folder = TinyCheckpoints.copy(name, temporary);
    Path file = folder.resolve("config.json");
    JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    change.accept(json);
    Files.writeString(file, json.toString());
    return folder;
  }

  private static void open(Path folder) {
    TextEmbedders.open(ModelSettings.of("checkpoint").withWeights(folder), 1).close();
  }
}
