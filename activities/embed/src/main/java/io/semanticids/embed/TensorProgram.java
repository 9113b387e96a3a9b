package io.semanticids.embed;

/**
 * A model's forward pass as text, ready to run.
 *
 * @param name of its class
 * @param text TorchScript in its serialised style; its method {@code forward(ids, last)} takes
 *     token numbers ({@code rows x length}) and the place of each row's last token ({@code rows}),
 *     both int64, and returns the last hidden states there: {@code rows x width} in float32,
 *     neither cut nor normalised
 * @param computed the type of the arithmetic inside
 */
record TensorProgram(String name, String text, ElementType computed) {}
