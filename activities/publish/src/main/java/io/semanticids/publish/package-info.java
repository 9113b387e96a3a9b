/**
 * What a run leaves behind below {@code <output>/runs/<run>/}: semantic IDs, codebook, report,
 * timings, manifest.
 *
 * <p>Files are written to a local folder first and put into the store once ({@link
 * io.semanticids.publish.Publication}); the manifest comes last, so a run folder that has one is
 * complete. The same content gives the same bytes.
 */
package io.semanticids.publish;
