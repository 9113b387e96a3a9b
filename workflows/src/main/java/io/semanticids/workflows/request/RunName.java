package io.semanticids.workflows.request;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A run's name: the workflow's id, and the folder {@code <output>/runs/<run>/}.
 *
 * @param value 1 to {@value #MAX_LENGTH} ASCII letters, digits, {@code .}, {@code _} and {@code -},
 *     not beginning with a dot
 */
public record RunName(String value) {
  /** The most characters. */
  public static final int MAX_LENGTH = 128;

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");
  private static final int DIGITS = 8;

  /**
   * @throws InvalidRequestException if the name is not of this form
   */
  public RunName {
    if (value.length() > MAX_LENGTH) {
      throw invalid(
          value,
          "has %s characters, of at most %s".formatted(Shown.number(value.length()), MAX_LENGTH));
    }
    if (!VALID.matcher(value).matches()) {
      throw invalid(
          value,
          value.startsWith(".")
              ? "begins with a dot"
              : value.isEmpty() ? "is empty" : "has others");
    }
  }

  /** {@code <dataset name>-<8 hex digits of the request's fingerprint>}. */
  public static RunName of(BuildRequest request) {
    String suffix = "-" + RequestFingerprint.of(request).substring(0, DIGITS);
    String dataset =
        Locations.name(request.dataset())
            .replaceAll("%[0-9A-Fa-f]{2}", "-")
            .replaceAll("[^A-Za-z0-9._-]+", "-")
            .replaceAll("^[.-]+|[.-]+$", "");
    String name = dataset.isEmpty() ? "dataset" : dataset;
    return new RunName(
        name.substring(0, Math.min(name.length(), MAX_LENGTH - suffix.length())) + suffix);
  }

  @Override
  public String toString() {
    return value;
  }

  private static InvalidRequestException invalid(String value, String what) {
    return new InvalidRequestException(
        List.of(
            "run name (workflow id): \"%s\" %s; take 1 to %s letters, digits, '.', '_' and '-', the first not a dot."
                .formatted(Shown.word(value), what, MAX_LENGTH)));
  }
}
