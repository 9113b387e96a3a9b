package io.semanticids.workflows.request;

import java.util.List;

/** What the request calls the models and their choices. */
public final class ModelNames {
  /** The model that is built in: it needs no weights and takes none. */
  public static final String MINILM = "minilm";

  /** Every model; all but {@link #MINILM} need the folder of a checkpoint. */
  public static final List<String> ALL =
      List.of(MINILM, "qwen3-embedding-0.6b", "qwen3-embedding-8b", "gemma-3-270m", "checkpoint");

  /** How the vectors of a text's tokens become one. */
  public static final List<String> POOLINGS = List.of("last", "mean");

  /** What a model computes in. */
  public static final List<String> PRECISIONS = List.of("float32", "bfloat16");

  private ModelNames() {}
}
