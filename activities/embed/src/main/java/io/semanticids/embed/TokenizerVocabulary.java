package io.semanticids.embed;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether a {@code tokenizer.json} fits a model: the token numbers of its vocabulary must have
 * embeddings.
 *
 * <p>Added tokens need not: Gemma's tokenizer adds one for images that its text models do not know.
 */
final class TokenizerVocabulary {
  private TokenizerVocabulary() {}

  static Optional<String> problem(Path tokenizer, String name, int vocabulary) {
    long largest;
    try (JsonReader json = new JsonReader(Files.newBufferedReader(tokenizer))) {
      largest = largest(json);
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      return Optional.of(
          "%s is not a tokenizer that can be read: %s.".formatted(name, e.getMessage()));
    }
    if (largest < 0) {
      return Optional.of("%s has no vocabulary.".formatted(name));
    }
    if (largest >= vocabulary) {
      return Optional.of(
          "%s does not fit the model: it has a token %d, but vocab_size is %d."
              .formatted(name, largest, vocabulary));
    }
    return Optional.empty();
  }

  /** The largest number in {@code model.vocab}; -1 when there is none. */
  private static long largest(JsonReader json) throws IOException {
    long largest = -1;
    json.beginObject();
    while (json.hasNext()) {
      if (json.nextName().equals("model")) {
        json.beginObject();
        while (json.hasNext()) {
          if (json.nextName().equals("vocab")) {
            largest = largestOfVocabulary(json);
          } else {
            json.skipValue();
          }
        }
        json.endObject();
      } else {
        json.skipValue();
      }
    }
    json.endObject();
    return largest;
  }

  /** An object of numbers by token, or a list whose places are the numbers. */
  private static long largestOfVocabulary(JsonReader json) throws IOException {
    long largest = -1;
    if (json.peek() == JsonToken.BEGIN_ARRAY) {
      json.beginArray();
      for (; json.hasNext(); largest++) {
        json.skipValue();
      }
      json.endArray();
      return largest;
    }
    json.beginObject();
    while (json.hasNext()) {
      String unused = json.nextName();
      largest = Math.max(largest, json.nextLong());
    }
    json.endObject();
    return largest;
  }
}
