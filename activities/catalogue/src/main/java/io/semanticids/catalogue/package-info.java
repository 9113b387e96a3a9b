/**
 * Readers of catalogues: JSON lines, CSV, Parquet, Arrow and {@code .npy}, one file or many, local
 * or in S3. One streaming pass numbers the rows, finds equal texts, checks everything and cuts the
 * rows into shards.
 *
 * <p>Here too: the samples that {@code sid sample} writes.
 */
package io.semanticids.catalogue;
