/**
 * Text embedding models behind one seam: {@link io.semanticids.embed.TextEmbedder}.
 *
 * <p>{@code minilm} comes with the program; other models are read from Hugging Face checkpoint
 * folders as they are. A row's vector is a function of its text alone: batches never mix lengths,
 * so nothing is ever padded.
 */
@NullMarked
package io.semanticids.embed;

import org.jspecify.annotations.NullMarked;
