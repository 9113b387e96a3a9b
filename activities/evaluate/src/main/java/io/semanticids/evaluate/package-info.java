/**
 * The figures of a report: loads, collisions, floors, reconstruction errors, neighbours. Pure:
 * arrays in, records out; knows neither files nor workflows.
 *
 * <p>All figures are exact (integer counts, exact sums) but {@code neighbours}, which looks at a
 * sample of the items. What is summed over rows is summed without rounding, so the cut into blocks
 * and the order of merging cannot change a figure.
 */
package io.semanticids.evaluate;
