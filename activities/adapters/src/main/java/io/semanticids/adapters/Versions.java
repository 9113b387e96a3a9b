package io.semanticids.adapters;

import org.jspecify.annotations.Nullable;

/** Versions as the jars say them. */
final class Versions {
  /** This program among other versions. */
  static final String NAME = "semantic-ids";

  private Versions() {}

  /** The version of this program. */
  static String program() {
    @Nullable String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
