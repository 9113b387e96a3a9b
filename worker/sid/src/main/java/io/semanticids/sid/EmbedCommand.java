package io.semanticids.sid;

import io.semanticids.embed.TextEmbedder;
import io.semanticids.embed.TextEmbedders;
import io.semanticids.store.Location;
import io.semanticids.store.StoreSettings;
import io.semanticids.store.Stores;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
      "'sid run' takes such a file as its dataset.",
      "",
      "--check embeds a few texts alone and in company and writes nothing: in seconds it says whether a checkpoint is",
      "read, whether its vectors depend on what is embedded beside them (an error), how fast it is and what it takes.%n"
    },
    footer = {
      "",
      "Examples:",
      "  sid embed products.jsonl --output vectors.npy",
      "  sid embed products.csv --text name,brand --max-tokens 64 --output vectors.npy",
      "  sid embed --model qwen3-embedding-0.6b --weights Qwen3-Embedding-0.6B products.jsonl --check"
    })
final class EmbedCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private InputOptions input;

  @Mixin private ModelOptions model;

  @Option(names = "--output", paramLabel = "X.npy", description = "The file to write.")
  private @Nullable Path output;

  @Option(names = "--check", description = "Try the model on a few texts of INPUT; write nothing.")
  private boolean check;

  @Override
  public Integer call() {
    if (check == (output != null)) {
      throw SidException.invalid("Give either --output X.npy or --check.");
    }
    if (output != null && !output.toString().toLowerCase(Locale.ROOT).endsWith(".npy")) {
      throw SidException.invalid(
          "--output %s: readers go by the ending; take one that ends in .npy.".formatted(output));
    }
    Location from = input.location();
    ModelsAtExit.awaitBatches();
    try (Stores stores =
            Stores.open(
                new StoreSettings(
                    Weights.roots(model.weights(), from), Caches.folder(), Caches.BYTES));
        ProgressDisplay progress = ProgressDisplay.onStderr()) {
      InputVectors vectors = new InputVectors(stores, from, input.fields());
      if (!vectors.texts()) {
        throw SidException.invalid(
            "%s holds vectors already; there is no text to embed.".formatted(from));
      }
      try (TextEmbedder embedder = TextEmbedders.open(model.settings(stores))) {
        if (output == null) {
          print(spec.commandLine().getOut(), ModelCheck.of(embedder, vectors));
        } else {
          LocalFiles.write(output, partial -> write(vectors, embedder, partial, progress));
          print(spec.commandLine().getOut(), output);
        }
      }
    }
    return ExitCode.DONE;
  }

  private static void print(PrintWriter out, Object result) {
    out.println(result);
    out.flush();
  }

  private void write(
      InputVectors vectors, TextEmbedder embedder, Path file, ProgressDisplay progress)
      throws IOException {
    Throughput throughput;
    try (MatrixFile matrix = MatrixFile.create(file, embedder.dimensions())) {
      LongList firstRows = new LongList();
      throughput =
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
    if (throughput != null) {
      print(spec.commandLine().getErr(), "embed: " + throughput.summary());
    }
  }
}
