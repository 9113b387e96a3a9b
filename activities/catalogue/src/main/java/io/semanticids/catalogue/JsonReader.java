package io.semanticids.catalogue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that is not cut into lines: an array of objects, or objects one after another. A
 * malformed place ends the reading of the file, because nothing tells where the next object begins.
 */
final class JsonReader implements RowReader {
  private final JsonParser parser;
  private final JsonFields fields;
  private final FileProblems problems;
  private boolean array;
  private boolean started;
  private boolean ended;
  private long line;

  JsonReader(InputStream input, List<String> wanted, FileProblems problems) throws IOException {
    this.parser = new JsonFactory().createParser(input);
    this.fields = new JsonFields(wanted);
    this.problems = problems;
  }

  @Override
  public boolean next() throws IOException {
    while (!ended) {
      try {
        JsonToken token = parser.nextToken();
        if (!started && token == JsonToken.START_ARRAY) {
          array = true;
          token = parser.nextToken();
        }
        started = true;
        line = parser.currentTokenLocation().getLineNr();
        if (token == null || (array && token == JsonToken.END_ARRAY)) {
          ended = true;
        } else if (token != JsonToken.START_OBJECT) {
          problems.at(place(), "has a value that is not a JSON object.");
          parser.skipChildren();
        } else {
          List<String> twice = fields.read(parser);
          if (twice.isEmpty()) {
            return true;
          }
          problems.at(place(), "has an object with the field \"" + twice.get(0) + "\" twice.");
        }
      } catch (JsonProcessingException e) {
        line = e.getLocation() == null ? line : e.getLocation().getLineNr();
        problems.at(
            place(), "is not JSON: " + JsonFault.of(e) + " The rest of this file was not read.");
        ended = true;
      }
    }
    return false;
  }

  @Override
  public String place() {
    return "line " + line;
  }

  @Override
  public @Nullable String value(int field) {
    return fields.value(field);
  }

  @Override
  public boolean single(int field) {
    return fields.single(field);
  }

  @Override
  public Collection<String> columns() {
    return fields.columns();
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
