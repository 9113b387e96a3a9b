package io.semanticids.publish;

import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.CostScale;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code codebook.json}: what the {@code .npy} files beside it are.
 *
 * @param format {@link #FORMAT}
 * @param version of the format
 * @param model null where vectors were given
 * @param text null where vectors were given
 * @param normalize whether given vectors are brought to length 1 first; null: false
 * @param dimension of vectors
 * @param beam prefixes that the search for a path keeps; null: 1
 * @param uniform for each level, whether it is balanced
 */
record CodebookFile(
    String format,
    int version,
    Codebook.@Nullable Model model,
    Codebook.@Nullable Text text,
    @Nullable Boolean normalize,
    int dimension,
    String scope,
    List<Boolean> uniform,
    long seed,
    @Nullable Integer beam,
    List<LevelFile> levels) {
  static final String NAME = "codebook.json";
  static final String FORMAT = "semantic-ids-codebook";
  static final int VERSION = 1;

  /**
   * One level.
   *
   * @param centroids file of {@code size x dimension} float32
   * @param potentials file of {@code prefixes x size} int32; null where the level is not balanced
   * @param prefixes rows of that file; null without it
   * @param costFactor an integer cost is {@code rint(costFactor * squared distance)}; null without
   *     potentials
   */
  record LevelFile(
      int size,
      String centroids,
      @Nullable String potentials,
      @Nullable Integer prefixes,
      @Nullable Double costFactor) {}

  static CodebookFile of(Codebook codebook) {
    List<Codebook.Level> levels = codebook.levels();
    return new CodebookFile(
        FORMAT,
        VERSION,
        codebook.model(),
        codebook.text(),
        codebook.normalize() ? true : null,
        codebook.dimension(),
        codebook.scope(),
        levels.stream().map(level -> level.potentials() != null).toList(),
        codebook.seed(),
        codebook.beam() == 1 ? null : codebook.beam(),
        IntStream.range(0, levels.size()).mapToObj(i -> levelFile(i + 1, levels.get(i))).toList());
  }

  private static LevelFile levelFile(int number, Codebook.Level level) {
    Codewords codewords = level.codewords();
    Codebook.Potentials potentials = level.potentials();
    String centroids = "centroids-%d.npy".formatted(number);
    if (potentials == null) {
      return new LevelFile(codewords.size(), centroids, null, null, null);
    }
    CostScale scale = potentials.scale();
    return new LevelFile(
        codewords.size(),
        centroids,
        "potentials-%d.npy".formatted(number),
        potentials.prefixes(),
        scale.factor());
  }
}
