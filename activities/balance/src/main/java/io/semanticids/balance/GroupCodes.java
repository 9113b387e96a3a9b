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
 * @param moved rows that do not have the code that the potentials alone give them
 */
public record GroupCodes(
    int[] codes,
    Potentials potentials,
    double cost,
    double lowerBound,
    boolean optimal,
    long moved) {}
