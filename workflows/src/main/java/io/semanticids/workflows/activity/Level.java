package io.semanticids.workflows.activity;

import static java.util.Objects.requireNonNull;

/**
 * One finished level of the published ("after") codes.
 *
 * @param codewords the artifact that holds its centroids and potentials
 * @param codes the artifact that holds every row's code
 */
public record Level(Artifact codewords, Artifact codes) {
  public Level {
    requireNonNull(codewords, "codewords");
    requireNonNull(codes, "codes");
  }
}
