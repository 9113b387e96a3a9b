package io.semanticids.sid;

import io.semanticids.embed.ModelSettings;
import io.semanticids.embed.TextEmbedder;
import io.semanticids.embed.TextEmbedders;
import io.semanticids.store.Location;
import io.semanticids.store.StoreSettings;
import io.semanticids.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Vectors only. */
@Command(
    name = "embed",
    mixinStandardHelpOptions = true,
    description = {
      "Embeds the texts of a catalogue and nothing more: one float32 row an item, in row order, as .npy.",
      "'sid run' takes such a file as its dataset.%n"
    },
    footer = {
      "",
      "Examples:",
      "  sid embed products.jsonl --output vectors.npy",
      "  sid embed products.csv --text name,brand --max-tokens 64 --output vectors.npy"
    })
final class EmbedCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private InputOptions input;

  @Mixin private ModelOptions model;

  @Option(
      names = "--output",
      paramLabel = "X.npy",
      required = true,
      description = "The file to write.")
  private Path output = Path.of("");

  @Override
  public Integer call() {
    if (!output.toString().toLowerCase(Locale.ROOT).endsWith(".npy")) {
      throw SidException.invalid(
          "--output %s: readers go by the ending; take one that ends in .npy.".formatted(output));
    }
    ModelSettings settings = model.settings();
    Location from = input.location();
    try (Stores stores =
            Stores.open(new StoreSettings(List.of(from), Caches.folder(), Caches.BYTES));
        ProgressDisplay progress = ProgressDisplay.onStderr()) {
      InputVectors vectors = new InputVectors(stores, from, input.fields());
      if (!vectors.texts()) {
        throw SidException.invalid(
            "%s holds vectors already; there is no text to embed.".formatted(from));
      }
      try (TextEmbedder embedder = TextEmbedders.open(settings)) {
        LocalFiles.write(output, partial -> write(vectors, embedder, partial, progress));
      }
    }
    spec.commandLine().getOut().println(output);
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }

  private static void write(
      InputVectors vectors, TextEmbedder embedder, Path file, ProgressDisplay progress)
      throws IOException {
    try (MatrixFile matrix = MatrixFile.create(file, embedder.dimensions())) {
      LongList firstRows = new LongList();
      vectors.read(
          embedder,
          (shard, first, fresh, count) -> {
            try {
              for (long vector : shard.vectors()) {
                if (vector == firstRows.size()) {
                  firstRows.add(matrix.rows());
                  matrix.append(fresh, (int) (vector - first));
                } else {
                  matrix.repeat(firstRows.get(vector));
                }
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          },
          "embed",
          progress);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
