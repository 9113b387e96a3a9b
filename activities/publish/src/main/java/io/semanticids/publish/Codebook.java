package io.semanticids.publish;

import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.CostScale;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything that new items need to get IDs under the rule of a run.
 *
 * @param model what makes vectors of texts; null where vectors were given
 * @param text what a text is made of; null where vectors were given
 * @param normalize whether given vectors are brought to length 1 first; false for a model's, whose
 *     own setting rules
 * @param scope where loads are equal, as in the request: over all items or inside prefixes
 * @param seed of the request
 * @param beam prefixes that the search for a path keeps; 1 where a level is balanced
 * @param levels in order
 */
public record Codebook(
    @Nullable Model model,
    @Nullable Text text,
    boolean normalize,
    String scope,
    long seed,
    int beam,
    List<Level> levels) {
  public Codebook {
    Objects.requireNonNull(scope, "scope");
    if (normalize && model != null) {
      throw new IllegalArgumentException(
          "Only given vectors are normalized here; those of %s are as it makes them."
              .formatted(model.name()));
    }
    if (beam < 1) {
      throw new IllegalArgumentException("A beam of %d is not possible.".formatted(beam));
    }
    levels = List.copyOf(levels);
    if (levels.isEmpty()) {
      throw new IllegalArgumentException("A codebook needs at least one level.");
    }
    long prefixes = 1;
    for (int i = 0; i < levels.size(); i++) {
      Level level = levels.get(i);
      if (level.codewords().dimension() != levels.get(0).codewords().dimension()) {
        throw new IllegalArgumentException(
            "Level %d has codewords of dimension %d, level 1 of %d."
                .formatted(
                    i + 1, level.codewords().dimension(), levels.get(0).codewords().dimension()));
      }
      Potentials potentials = level.potentials();
      if (potentials != null && beam > 1) {
        throw new IllegalArgumentException(
            "Level %d is balanced: a beam of %d is not possible.".formatted(i + 1, beam));
      }
      if (potentials != null && potentials.prefixes() != 1 && potentials.prefixes() != prefixes) {
        throw new IllegalArgumentException(
            "Level %d has potentials of %d prefixes; 1 or %d are possible."
                .formatted(i + 1, potentials.prefixes(), prefixes));
      }
      prefixes = Math.min(Integer.MAX_VALUE, prefixes * level.codewords().size());
    }
  }

  /** The dimension of vectors that this codebook encodes. */
  public int dimension() {
    return levels.get(0).codewords().dimension();
  }

  /** Codes of each level. */
  public List<Integer> sizes() {
    return levels.stream().map(level -> level.codewords().size()).toList();
  }

  /**
   * One level: {@code K x d} centroids, and what is subtracted from costs.
   *
   * @param potentials null where the level is not balanced: the nearest codeword wins
   */
  public record Level(Codewords codewords, @Nullable Potentials potentials) {
    public Level {
      if (potentials != null
          && potentials.values().length
              != Math.multiplyExact(potentials.prefixes(), codewords.size())) {
        throw new IllegalArgumentException(
            "%d potentials are not one for each of %d codes under each of %d prefixes."
                .formatted(potentials.values().length, codewords.size(), potentials.prefixes()));
      }
    }
  }

  /**
   * Potentials g of one level, in the fixed point of its costs: an item takes {@code argmin_k
   * cost_k - g_k}, ties by lowest code.
   *
   * @param values {@code prefixes x K}, row-major; not copied
   * @param prefixes 1 where the level is balanced as a whole; otherwise the product of the sizes of
   *     the levels before it, and an item's row is {@code (code_1 * K_2 + code_2) * K_3 + …}
   * @param scale the fixed point
   */
  public record Potentials(int[] values, int prefixes, CostScale scale) {
    public Potentials {
      if (prefixes < 1) {
        throw new IllegalArgumentException(
            "The number of prefixes (%d) must be positive.".formatted(prefixes));
      }
      Objects.requireNonNull(scale, "scale");
    }
  }

  /**
   * What a text is made of.
   *
   * @param fields joined in this order
   * @param separator what stands between them
   */
  public record Text(List<String> fields, String separator) {
    public Text {
      fields = List.copyOf(fields);
      Objects.requireNonNull(separator, "separator");
    }
  }

  /**
   * Everything of a model that its vectors depend on.
   *
   * @param name as in the request
   * @param weights SHA-256 of the weights; null for a model that is built in
   * @param dimensions null: all that the model has
   * @param maxTokens null: the model's own
   * @param normalize whether vectors have unit length
   * @param instruction what is put before a text, null for nothing
   * @param pooling null: the model's own
   * @param precision null: the checkpoint's own
   */
  public record Model(
      String name,
      @Nullable String weights,
      @Nullable Integer dimensions,
      @Nullable Integer maxTokens,
      boolean normalize,
      @Nullable String instruction,
      @Nullable String pooling,
      @Nullable String precision) {
    public Model {
      Objects.requireNonNull(name, "name");
    }
  }
}
