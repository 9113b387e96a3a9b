package io.semanticids.embed;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The checkpoints with random weights that {@code infra/checkpoints/make.py} made, and what it
 * expects of them.
 */
final class TinyCheckpoints {
  /** A text, its token numbers, and the unit vector that transformers computes. */
  record Expected(String text, long[] ids, float[] vector) {}

  private TinyCheckpoints() {}

  static Path folder(String name) {
    return Path.of("src/test/resources/checkpoints").resolve(name);
  }

  /** A copy of a checkpoint, to be damaged. */
  static Path copy(String name, Path into) throws IOException {
    Path target = Files.createDirectories(into.resolve(name));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(name))) {
      for (Path file : files) {
        Files.copy(file, target.resolve(file.getFileName().toString()));
      }
    }
    return target;
  }

  static List<Expected> expected(String name) throws IOException {
    List<Expected> rows = new ArrayList<>();
    for (JsonElement row :
        JsonParser.parseString(Files.readString(folder(name).resolve("expected.json")))
            .getAsJsonArray()) {
      JsonObject object = row.getAsJsonObject();
      long[] ids =
          object.getAsJsonArray("ids").asList().stream()
              .mapToLong(JsonElement::getAsLong)
              .toArray();
      List<JsonElement> values = object.getAsJsonArray("vector").asList();
      float[] vector = new float[values.size()];
      for (int d = 0; d < vector.length; d++) {
        vector[d] = values.get(d).getAsFloat();
      }
      rows.add(new Expected(object.get("text").getAsString(), ids, vector));
    }
    return rows;
  }
}
