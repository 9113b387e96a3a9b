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

/** Reads JSON lines: one object a line, empty lines skipped. */
final class JsonLinesReader implements RowReader {
  private final JsonFactory json = new JsonFactory();
  private final LineReader lines;
  private final LineReader.Bytes bytes = new LineReader.Bytes();
  private final JsonFields fields;
  private final FileProblems problems;

  JsonLinesReader(InputStream input, List<String> wanted, FileProblems problems) {
    this.lines = new LineReader(input);
    this.fields = new JsonFields(wanted);
    this.problems = problems;
  }

  @Override
  public boolean next() throws IOException {
    while (lines.next(bytes)) {
      if (!bytes.blank() && read()) {
        return true;
      }
    }
    return false;
  }

  private boolean read() throws IOException {
    int skip = lines.line() == 1 ? Utf8.mark(bytes.array(), bytes.size()) : 0;
    try (JsonParser parser = json.createParser(bytes.array(), skip, bytes.size() - skip)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        problems.at(
            place(),
            "is not a JSON object. A .jsonl file has one object a line; for a list of objects, name the file .json.");
        return false;
      }
      List<String> twice = fields.read(parser);
      if (parser.nextToken() != null) {
        problems.at(place(), "has more after its JSON object. Put one object on a line.");
        return false;
      }
      if (!twice.isEmpty()) {
        problems.at(place(), "has the field \"" + twice.get(0) + "\" twice.");
        return false;
      }
      return true;
    } catch (JsonProcessingException e) {
      problems.at(place(), "is not JSON: " + JsonFault.of(e));
      return false;
    }
  }

  @Override
  public String place() {
    return "line " + lines.line();
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
    lines.close();
  }
}
