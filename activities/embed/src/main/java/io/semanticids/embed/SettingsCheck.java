package io.semanticids.embed;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a model cannot do of what it is asked, found without loading anything. */
final class SettingsCheck {
  /** A start, one token of text and an end. */
  private static final int FEWEST_TOKENS = 3;

  private SettingsCheck() {}

  static List<String> problems(ModelSettings settings) {
    Optional<KnownModel> known = KnownModel.named(settings.name());
    if (known.isEmpty()) {
      return List.of(
          "There is no model \"%s\". Did you mean \"%s\"? Known are: %s."
              .formatted(
                  settings.name(),
                  nearest(settings.name()),
                  String.join(", ", TextEmbedders.names())));
    }
    KnownModel model = known.get();
    List<String> problems = new ArrayList<>();
    numbers(settings, model, problems);
    weights(settings, model, problems);
    words(settings, model, problems);
    return List.copyOf(problems);
  }

  private static void numbers(ModelSettings settings, KnownModel model, List<String> problems) {
    Integer dimensions = settings.dimensions();
    if (dimensions != null && (dimensions < 1 || dimensions > model.dimensions())) {
      problems.add(
          "dimensions is %d, but the vectors of model %s have %d: choose 1 to %d, or null for all."
              .formatted(dimensions, model.text(), model.dimensions(), model.dimensions()));
    }
    Integer tokens = settings.maxTokens();
    if (tokens != null && (tokens < FEWEST_TOKENS || tokens > model.mostTokens())) {
      problems.add(
          "maxTokens is %d, but model %s takes %d to %d tokens (null: %d)."
              .formatted(
                  tokens, model.text(), FEWEST_TOKENS, model.mostTokens(), model.defaultTokens()));
    }
  }

  private static void weights(ModelSettings settings, KnownModel model, List<String> problems) {
    if (!model.needsWeights()) {
      if (settings.weights() != null) {
        problems.add(
            "weights is %s, but model %s comes with the program: leave weights out, or choose model \"checkpoint\"."
                .formatted(settings.weights(), model.text()));
      }
    } else if (settings.weights() == null) {
      problems.add(
          "Model %s needs weights: the folder that holds its config.json, tokenizer.json and *.safetensors."
              .formatted(model.text()));
    } else if (!Files.isDirectory(settings.weights().path())) {
      problems.add(
          "weights is %s, which is not a folder that can be read: give the one that holds config.json."
              .formatted(settings.weights()));
    }
  }

  private static void words(ModelSettings settings, KnownModel model, List<String> problems) {
    String pooling = settings.pooling();
    if (pooling != null && !pooling.equals(model.pooling())) {
      problems.add(
          "pooling is \"%s\", but model %s pools by \"%s\": leave pooling out."
              .formatted(pooling, model.text(), model.pooling()));
    }
    String precision = settings.precision();
    List<String> precisions =
        model.needsWeights() ? List.of("float32", "bfloat16") : List.of("float32");
    if (precision != null && !precisions.contains(precision)) {
      problems.add(
          "precision is \"%s\", but model %s computes in %s."
              .formatted(precision, model.text(), String.join(" or ", precisions)));
    }
    if (settings.instruction() != null && !model.takesInstruction()) {
      problems.add(
          "Model %s takes no instruction: leave it out (it is %d characters long)."
              .formatted(model.text(), settings.instruction().length()));
    }
  }

  /** The known name that takes the fewest insertions, deletions and replacements. */
  private static String nearest(String name) {
    String best = KnownModel.MINILM.text();
    int least = Integer.MAX_VALUE;
    for (String candidate : TextEmbedders.names()) {
      int distance = distance(name, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best;
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
