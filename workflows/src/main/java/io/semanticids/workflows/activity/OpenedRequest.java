package io.semanticids.workflows.activity;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The recorded effective request: what drives the workflow, whatever the defaults of later versions
 * are.
 *
 * @param effective the request with every default filled in
 * @param model null where the dataset holds vectors
 * @param sizes one a level
 * @param uniform one a level: whether it is balanced
 */
public record OpenedRequest(
    JsonNode effective,
    RunContext context,
    Stage.Prepare prepare,
    @Nullable EmbeddingModel model,
    List<Integer> sizes,
    List<Boolean> uniform,
    Scope scope,
    BalanceSettings balance,
    int beam,
    long seed,
    boolean accelerate,
    Duration queueTimeout,
    List<String> warnings) {
  public OpenedRequest {
    sizes = List.copyOf(sizes);
    uniform = List.copyOf(uniform);
    warnings = List.copyOf(warnings);
    if (sizes.isEmpty() || sizes.size() != uniform.size()) {
      throw new IllegalArgumentException(
          "sizes (%s) and uniform (%s) must have one entry a level.".formatted(sizes, uniform));
    }
  }

  /** Over which items a level's loads are equal. */
  public enum Scope {
    /** Over the whole catalogue, at every level. */
    LEVEL,
    /** Inside each prefix at the last level; over the catalogue above it. */
    LAST,
    /** Inside each prefix, from the second level on. */
    PREFIX;

    /** Whether this level (from 1, of {@code levels}) is balanced inside prefixes. */
    public boolean insidePrefixes(int level, int levels) {
      return switch (this) {
        case LEVEL -> false;
        case LAST -> level > 1 && level == levels;
        case PREFIX -> level > 1;
      };
    }
  }
}
