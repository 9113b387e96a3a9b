package io.semanticids.publish;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code index.json}: {@code {"<id>": ["<a_12>","<b_201>","<c_7>"], …}}, the map that MiniOneRec's
 * training reads.
 */
final class IdIndex implements IdSink {
  private final JsonGenerator json;

  IdIndex(Path file) throws IOException {
    json = Json.generator(file);
    json.setPrettyPrinter(new LinePerEntry());
    json.writeStartObject();
  }

  @Override
  public void write(CodeBlock block, int from, int to) throws IOException {
    for (int item = from; item < to; item++) {
      json.writeArrayFieldStart(block.ids().get(item));
      for (int level = 0; level < block.codes().length; level++) {
        json.writeString(SemanticId.token(level + 1, block.codes()[level][item]));
      }
      json.writeEndArray();
    }
  }

  @Override
  public void finish() throws IOException {
    json.writeEndObject();
    json.writeRaw('\n');
    json.close();
  }

  @Override
  public void close() throws IOException {
    json.close();
  }

  /** One item a line, so that people and line tools can look at it. */
  private static final class LinePerEntry extends MinimalPrettyPrinter {
    private static final long serialVersionUID = 1L;

    @Override
    public void beforeObjectEntries(JsonGenerator generator) throws IOException {
      generator.writeRaw('\n');
    }

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator generator) throws IOException {
      generator.writeRaw(": ");
    }

    @Override
    public void writeObjectEntrySeparator(JsonGenerator generator) throws IOException {
      generator.writeRaw(",\n");
    }

    @Override
    public void writeEndObject(JsonGenerator generator, int entries) throws IOException {
      generator.writeRaw("\n}");
    }
  }
}
