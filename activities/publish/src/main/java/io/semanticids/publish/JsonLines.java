package io.semanticids.publish;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.nio.file.Path;

/** {@code semantic-ids.jsonl}: {@code {"id":…,"codes":[…],"semanticId":"…"}} a line. */
final class JsonLines implements IdSink {
  private final JsonGenerator json;

  JsonLines(Path file) throws IOException {
    json = Json.generator(file);
    json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
  }

  @Override
  public void write(CodeBlock block, int from, int to) throws IOException {
    for (int item = from; item < to; item++) {
      int[] path = block.path(item);
      json.writeStartObject();
      json.writeStringField("id", block.ids().get(item));
      json.writeFieldName("codes");
      json.writeArray(path, 0, path.length);
      json.writeStringField("semanticId", SemanticId.of(path));
      json.writeEndObject();
    }
  }

  @Override
  public void finish() throws IOException {
    json.writeRaw('\n');
    json.close();
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
