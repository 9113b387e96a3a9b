package io.semanticids.catalogue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The wanted fields of one JSON object after another. */
final class JsonFields {
  /** Names beyond these are not remembered: they only serve error messages. */
  private static final int REMEMBERED = 10_000;

  private final Map<String, Integer> wanted = new HashMap<>();
  private final Set<String> columns = new LinkedHashSet<>();
  private final @Nullable String[] values;
  private final boolean[] nested;
  private final boolean[] present;

  JsonFields(List<String> fields) {
    for (String field : fields) {
      wanted.put(field, wanted.size());
    }
    values = new String[fields.size()];
    nested = new boolean[fields.size()];
    present = new boolean[fields.size()];
  }

  /**
   * Reads an object at whose start the parser stands, to its end.
   *
   * @return the wanted fields that it has twice
   */
  List<String> read(JsonParser parser) throws IOException {
    Arrays.fill(values, null);
    Arrays.fill(nested, false);
    Arrays.fill(present, false);
    List<String> twice = List.of();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (columns.size() < REMEMBERED) {
        columns.add(name);
      }
      JsonToken token = parser.nextToken();
      Integer field = wanted.get(name);
      if (field == null) {
        parser.skipChildren();
        continue;
      }
      if (present[field]) {
        twice = new ArrayList<>(twice);
        twice.add(name);
      }
      present[field] = true;
      nested[field] =
          token == JsonToken.START_ARRAY
              || token == JsonToken.START_OBJECT
              || token == JsonToken.VALUE_TRUE
              || token == JsonToken.VALUE_FALSE;
      values[field] = FlatText.read(parser);
    }
    return twice;
  }

  @Nullable String value(int field) {
    return values[field];
  }

  boolean single(int field) {
    return !nested[field];
  }

  Collection<String> columns() {
    return columns;
  }
}
