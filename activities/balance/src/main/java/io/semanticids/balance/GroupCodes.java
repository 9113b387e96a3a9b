package io.semanticids.balance;

/**
 * A balanced group.
 *
 * @param codes one a row
 * @param potentials one a code: the group's rule for new rows
 * @param cost sum of squared distances
 * @param lowerBound no assignment with loads {@code floor(n / K)} and {@code ceil(n / K)} costs
 *     less (groups that were solved as a level: with the same codes holding one more)
 * @param optimal proved
 */
public record GroupCodes(
    int[] codes, Potentials potentials, double cost, double lowerBound, boolean optimal) {}
