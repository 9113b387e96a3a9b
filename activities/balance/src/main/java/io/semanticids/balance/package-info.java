/**
 * Levels whose loads differ by at most one.
 *
 * <p>Row i takes code {@code argmin_k cost_ik - g_k} (ties: lowest k). {@link
 * io.semanticids.balance.BalancedFit} finds centroids and potentials g on a sample; {@link
 * io.semanticids.balance.SoftLoads} and {@link io.semanticids.balance.NewtonStep} correct g on all
 * rows; {@link io.semanticids.balance.Moves} keeps the cheapest moves between codes and {@link
 * io.semanticids.balance.Repair} makes the loads exact with them, at a cost that is proved optimal
 * or bounded from below; {@link io.semanticids.balance.Assign} writes the codes. {@link
 * io.semanticids.balance.SmallGroups} and {@link io.semanticids.balance.LargeGroup} do the same
 * inside one prefix. Everything after the costs is integer arithmetic, so pieces of a pass merge to
 * the same bytes wherever the rows are cut.
 */
package io.semanticids.balance;
