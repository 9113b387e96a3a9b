/**
 * Arithmetic on matrices of rows: one kernel (integer costs of rows against codewords), the engines
 * that run it, and the pass that streams rows through it.
 *
 * <p>Everything that is summed over rows is an integer (fixed point), so sums are exact and neither
 * the number of threads nor the cut into shards can change them.
 */
package io.semanticids.tensor;
