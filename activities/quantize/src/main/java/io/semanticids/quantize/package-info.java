/**
 * Residual k-means: deterministic samples of rows, seeding, Lloyd rounds, and the codes of rows.
 *
 * <p>Sums over rows are integers, so the number of threads and the cut into shards cannot change a
 * result.
 */
package io.semanticids.quantize;
