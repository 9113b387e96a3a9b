package io.semanticids.quantize;

import io.semanticids.tensor.Codewords;

/**
 * A fitted level.
 *
 * @param codewords the centroids
 * @param meanSquaredError mean over the sample of the squared distance to the nearest of them;
 *     where means change several times in a round, of each row when it was last looked at
 * @param codes of the rows of the sample, as each was last looked at
 * @param rounds Lloyd rounds over the sample done
 * @param emptyRefilled how often, over all rounds, an empty cluster was refilled from a far row
 */
public record LevelFit(
    Codewords codewords, double meanSquaredError, int[] codes, int rounds, long emptyRefilled) {}
