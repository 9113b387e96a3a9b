package io.semanticids.workflows.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The published JSON schema (draft 2020-12) of a request. */
public final class RequestSchema {
  private static final String RESOURCE = "request.schema.json";

  private RequestSchema() {}

  /** The schema as it is published. */
  public static String text() {
    try (InputStream in = RequestSchema.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the class path.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What the schema finds wrong, one line each; empty if nothing. Tolerated forms ({@code "3"}) are
   * wrong here.
   */
  static List<String> problems(JsonNode request) {
    return Compiled.SCHEMA.validate(request).stream()
        .map(message -> Shown.word(message.getMessage()))
        .sorted()
        .toList();
  }

  /** Compiled on first use: that takes most of a second in a cold JVM. */
  private static final class Compiled {
    static final JsonSchema SCHEMA =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(text(), SchemaValidatorsConfig.builder().locale(Locale.ENGLISH).build());
  }
}
