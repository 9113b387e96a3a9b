package io.semanticids.embed;

import java.util.Map;

/** The family {@code qwen3}; {@code docs/models.md} derives the program. */
final class Qwen3 implements ModelFamily {
  private final ProgramWeights weights;
  private final int width;
  private final int vocabulary;
  private final int positions;
  private final int layers;
  private final int queries;
  private final int keys;
  private final int head;
  private final double epsilon;
  private final double base;

  Qwen3(Checkpoint checkpoint) {
    CheckpointConfig config = checkpoint.config();
    width = config.count("hidden_size");
    vocabulary = config.count("vocab_size");
    positions = config.count("max_position_embeddings");
    layers = config.count("num_hidden_layers");
    queries = config.count("num_attention_heads");
    keys = config.count("num_key_value_heads");
    head = config.count("head_dim");
    int inner = config.count("intermediate_size");
    epsilon = config.number("rms_norm_eps");
    base = config.rotaryBase("full_attention", "rope_theta");
    config.only("hidden_act", "silu");
    config.only("attention_bias", "false");
    config.only("use_sliding_window", "false");
    config.absent("rope_scaling");
    if (config.texts("layer_types").stream().anyMatch(kind -> !kind.equals("full_attention"))) {
      config.problem("layer_types other than full_attention are not supported.");
    }
    if (queries % keys != 0) {
      config.problem(
          "num_attention_heads (%d) must be a multiple of num_key_value_heads (%d)."
              .formatted(queries, keys));
    }
    if (head % 2 != 0) {
      config.problem("head_dim (%d) must be even.".formatted(head));
    }
    weights = new ProgramWeights(checkpoint);
    weights.need("embed_tokens.weight", vocabulary, width);
    weights.need("norm.weight", width);
    for (int i = 0; i < layers && config.problems().isEmpty(); i++) {
      String layer = "layers." + i + ".";
      weights.need(layer + "self_attn.q_proj.weight", (long) queries * head, width);
      weights.need(layer + "self_attn.k_proj.weight", (long) keys * head, width);
      weights.need(layer + "self_attn.v_proj.weight", (long) keys * head, width);
      weights.need(layer + "self_attn.o_proj.weight", width, (long) queries * head);
      weights.need(layer + "self_attn.q_norm.weight", head);
      weights.need(layer + "self_attn.k_norm.weight", head);
      weights.need(layer + "input_layernorm.weight", width);
      weights.need(layer + "post_attention_layernorm.weight", width);
      weights.need(layer + "mlp.gate_proj.weight", inner, width);
      weights.need(layer + "mlp.up_proj.weight", inner, width);
      weights.need(layer + "mlp.down_proj.weight", width, inner);
    }
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int vocabulary() {
    return vocabulary;
  }

  @Override
  public int positions() {
    return positions;
  }

  @Override
  public ProgramWeights weights() {
    return weights;
  }

  @Override
  public TensorProgram program(ElementType computed) {
    Map<String, String> values =
        Map.of(
            "load", weights.load(computed),
            "layers", Integer.toString(layers),
            "queries", Integer.toString(queries),
            "keys", Integer.toString(keys),
            "group", Integer.toString(queries / keys),
            "head", Integer.toString(head),
            "epsilon", ProgramText.number(epsilon),
            "base", ProgramText.number(base));
    return new TensorProgram("Qwen3", ProgramText.fill("qwen3.torchscript", values), computed);
  }
}
