package io.semanticids.embed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The family {@code gemma3_text}; {@code docs/models.md} derives the program. */
final class Gemma3 implements ModelFamily {
  private static final String NEAR = "sliding_attention";
  private static final String FAR = "full_attention";

  private final ProgramWeights weights;
  private final int width;
  private final int vocabulary;
  private final int positions;
  private final int queries;
  private final int keys;
  private final int head;
  private final int window;
  private final double epsilon;
  private final double base;
  private final double localBase;
  private final double queryScalar;

  /** One a layer: whether it sees only its window. */
  private final List<Boolean> local;

  Gemma3(Checkpoint checkpoint) {
    CheckpointConfig config = checkpoint.config();
    width = config.count("hidden_size");
    vocabulary = config.count("vocab_size");
    positions = config.count("max_position_embeddings");
    queries = config.count("num_attention_heads");
    keys = config.count("num_key_value_heads");
    head = config.count("head_dim");
    window = config.count("sliding_window");
    int layers = config.count("num_hidden_layers");
    int inner = config.count("intermediate_size");
    epsilon = config.number("rms_norm_eps");
    base = config.rotaryBase(FAR, "rope_theta");
    localBase = config.rotaryBase(NEAR, "rope_local_base_freq");
    queryScalar = config.number("query_pre_attn_scalar");
    config.only("hidden_activation", "gelu_pytorch_tanh");
    config.only("attention_bias", "false");
    config.only("use_bidirectional_attention", "false");
    config.absent("attn_logit_softcapping");
    config.absent("rope_scaling");
    local = local(config, layers);
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
      weights.need(layer + "pre_feedforward_layernorm.weight", width);
      weights.need(layer + "post_feedforward_layernorm.weight", width);
      weights.need(layer + "mlp.gate_proj.weight", inner, width);
      weights.need(layer + "mlp.up_proj.weight", inner, width);
      weights.need(layer + "mlp.down_proj.weight", width, inner);
    }
  }

  /**
   * By {@code layer_types}, or, where older configurations lack it, each sixth layer (or so) is
   * global.
   */
  private static List<Boolean> local(CheckpointConfig config, int layers) {
    List<String> kinds = config.texts("layer_types");
    List<Boolean> local = new ArrayList<>();
    if (kinds.isEmpty()) {
      int pattern =
          config
              .optionalCount("sliding_window_pattern")
              .or(() -> config.optionalCount("_sliding_window_pattern"))
              .orElse(6);
      for (int i = 0; i < layers; i++) {
        local.add((i + 1) % pattern != 0);
      }
      return local;
    }
    if (kinds.size() != layers) {
      config.problem("layer_types has %d entries for %d layers.".formatted(kinds.size(), layers));
    }
    for (String kind : kinds) {
      if (!kind.equals(NEAR) && !kind.equals(FAR)) {
        config.problem("layer_types holds %s: supported are %s and %s.".formatted(kind, NEAR, FAR));
      }
      local.add(kind.equals(NEAR));
    }
    return local;
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
    List<String> flags = local.stream().map(near -> near ? "True" : "False").toList();
    Map<String, String> values = new HashMap<>();
    values.put("load", weights.load(computed));
    values.put("layers", Integer.toString(local.size()));
    values.put("queries", Integer.toString(queries));
    values.put("keys", Integer.toString(keys));
    values.put("group", Integer.toString(queries / keys));
    values.put("head", Integer.toString(head));
    values.put("window", Integer.toString(window));
    values.put("epsilon", ProgramText.number(epsilon));
    values.put("base", ProgramText.number(base));
    values.put("localBase", ProgramText.number(localBase));
    values.put("scale", ProgramText.number(1 / Math.sqrt(queryScalar)));
    values.put("embedding", ProgramText.number(embeddingScale(width, computed)));
    values.put("local", "[" + String.join(", ", flags) + "]");
    return new TensorProgram("Gemma3", ProgramText.fill("gemma3.torchscript", values), computed);
  }

  /**
   * {@code sqrt(width)}, rounded to the type of the computation as the reference rounds it
   * (nearest, ties to even).
   */
  static double embeddingScale(int width, ElementType computed) {
    float root = (float) Math.sqrt(width);
    if (computed != ElementType.BFLOAT16) {
      return root;
    }
    int bits = Float.floatToRawIntBits(root);
    int rounded = bits + 0x7FFF + ((bits >> 16) & 1);
    return Float.intBitsToFloat(rounded & 0xFFFF0000);
  }
}
