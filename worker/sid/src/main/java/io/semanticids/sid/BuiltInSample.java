package io.semanticids.sid;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.catalogue.SampleCatalogue;
import io.semanticids.store.Location;
import io.semanticids.store.StoreSettings;
import io.semanticids.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The catalogue of {@code sid run} without a dataset: made where it is missing, always the same.
 */
final class BuiltInSample {
  private static final int ITEMS = 2_000;
  private static final long SEED = 1;
  private static final String NAME = "sample.jsonl";

  private BuiltInSample() {}

  /**
   * The request with the sample as its dataset; settings that fit it stand in for those that were
   * not typed.
   */
  static ObjectNode request(ObjectNode typed) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("size", 64);
    request.put("uniform", true);
    if (!typed.has("uniform") && !typed.has("levels")) {
      // Each product an ID of its own.
      request.put("scope", "last");
    }
    request.setAll(typed);
    request.put("dataset", Location.parse(typed.get("output").asText()).resolve(NAME).uri());
    return request;
  }

  /** Makes the sample below the output unless it is there. */
  static void make(Location output) {
    Location at = output.resolve(NAME);
    try (Stores stores = Stores.open(new StoreSettings(List.of(output), Caches.folder(), 0))) {
      if (stores.info(at).isEmpty()) {
        Path made = stores.temporary("jsonl");
        SampleCatalogue.write(ITEMS, SEED, made);
        stores.create(at, made);
        Files.deleteIfExists(made);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The sample cannot be made: " + e.getMessage(), e);
    }
  }
}
