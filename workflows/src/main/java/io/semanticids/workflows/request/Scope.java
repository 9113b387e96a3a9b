package io.semanticids.workflows.request;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Within what the loads of a balanced level are equal. */
public enum Scope {
  /** Over the whole catalogue, at each level. */
  LEVEL,
  /** At the last level inside each prefix, at the others over the whole catalogue. */
  LAST,
  /** From the second level on inside each prefix. */
  PREFIX;

  /** As the request writes it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The scope that the request writes as {@code key}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Scope of(String key) {
    return Arrays.stream(values())
        .filter(scope -> scope.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The scope (%s) must be one of %s.".formatted(key, String.join(", ", keys()))));
  }

  /** All of them, as the request writes them. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(Scope::key).toList();
  }
}
