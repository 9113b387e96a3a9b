package io.semanticids.workflows.activity;

import static java.util.Objects.requireNonNull;

/**
 * A finished stage's output, named by what made it: {@code
 * <output>/artifacts/<stage>/<fingerprint>/}.
 *
 * @param stage the stage's name, as {@link Stage#name()}
 * @param fingerprint 64 hexadecimal digits
 */
public record Artifact(String stage, String fingerprint) {
  public Artifact {
    requireNonNull(stage, "stage");
    if (!fingerprint.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "The fingerprint (%s) must be 64 hexadecimal digits.".formatted(fingerprint));
    }
  }
}
