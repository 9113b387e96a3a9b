/** JMH benchmarks of the heavy loops; times are of one row. */
package io.semanticids.benchmarks;
