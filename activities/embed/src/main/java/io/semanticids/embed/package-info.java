/**
 * Text embedding models behind one seam: {@link io.semanticids.embed.TextEmbedder}.
 *
 * <p>{@code minilm} comes with the program; other models are read from Hugging Face checkpoint
 * folders as they are and run as tensor programs. Batches never mix lengths, so nothing is ever
 * padded and no text can feel a longer neighbour.
 */
@NullMarked
package io.semanticids.embed;

import org.jspecify.annotations.NullMarked;
