package io.semanticids.sid;

import io.semanticids.catalogue.CatalogueFields;
import io.semanticids.embed.CheckpointFolder;
import io.semanticids.embed.ModelIdentity;
import io.semanticids.embed.ModelSettings;
import io.semanticids.embed.TextEmbedder;
import io.semanticids.embed.TextEmbedders;
import io.semanticids.publish.Codebook;
import io.semanticids.publish.CodebookFolder;
import io.semanticids.publish.SemanticIdFiles;
import io.semanticids.store.HalfFloats;
import io.semanticids.store.Location;
import io.semanticids.store.StoreSettings;
import io.semanticids.store.Stores;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.TensorArithmetic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** IDs for new items under the rule of a finished run. */
@Command(
    name = "encode",
    mixinStandardHelpOptions = true,
    description = {
      "Gives new items their semantic IDs under the rule of a finished run: its codebook and its potentials.",
      "Texts are embedded with the codebook's model; another model is refused. That loads stay equal is promised for",
      "the run's own items only.%n"
    },
    footer = {
      "",
      "Examples:",
      "  sid encode --codebook semantic-ids/runs/products-1a2b3c4d/codebook new.jsonl --output new-ids.jsonl",
      "  sid encode --codebook out/runs/v/codebook vectors.npy --output ids.parquet"
    })
final class EncodeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private InputOptions input;

  @Option(
      names = "--codebook",
      paramLabel = "DIR",
      required = true,
      description = "The codebook/ of a finished run (codebook/before: the unbalanced one).")
  private String codebookFolder = "";

  @Option(
      names = "--weights",
      paramLabel = "DIR",
      description = "The checkpoint's folder or s3:// prefix, if the codebook's model needs one.")
  private @Nullable String weights;

  @Mixin private DeviceOption device;

  @Option(
      names = "--output",
      paramLabel = "F",
      required = true,
      description = "The file to write: .jsonl or .parquet.")
  private Path output = Path.of("");

  @Override
  public Integer call() throws IOException {
    String name = output.toString().toLowerCase(Locale.ROOT);
    boolean parquet = name.endsWith(".parquet");
    if (!parquet && !name.endsWith(".jsonl")) {
      throw SidException.invalid(
          "--output %s: take a name that ends in .jsonl or .parquet.".formatted(output));
    }
    Location from = input.location();
    Location folder = Location.parse(codebookFolder);
    Location checkpoint = weights == null ? null : Location.parse(weights);
    ModelsAtExit.awaitBatches();
    try (Stores stores =
            Stores.open(
                new StoreSettings(
                    Weights.roots(checkpoint, from, folder), Caches.folder(), Caches.BYTES));
        ProgressDisplay progress = ProgressDisplay.onStderr()) {
      Codebook codebook =
          CodebookFolder.read(file -> stores.open(folder.resolve(file)), folder.toString());
      InputVectors vectors = new InputVectors(stores, from, fields(codebook));
      if (vectors.texts() == (codebook.model() == null)) {
        throw SidException.invalid(
            "%s holds %s, and the codebook was made of %s. Encode the same kind of input."
                .formatted(
                    from,
                    vectors.texts() ? "texts" : "vectors",
                    vectors.texts() ? "given vectors" : "texts"));
      }
      if (!vectors.texts() && vectors.dimension() != codebook.dimension()) {
        throw SidException.invalid(
            "%s holds vectors of dimension %d, and the codebook is of dimension %d."
                .formatted(from, vectors.dimension(), codebook.dimension()));
      }
      EncodedItems items = encode(vectors, codebook, Weights.folder(stores, checkpoint), progress);
      LocalFiles.write(
          output,
          partial -> {
            if (parquet) {
              SemanticIdFiles.writeParquet(items.blocks(), partial);
            } else {
              SemanticIdFiles.writeJsonLines(items.blocks(), partial);
            }
          });
    }
    spec.commandLine().getOut().println(output);
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }

  private CatalogueFields fields(Codebook codebook) {
    Codebook.Text text = codebook.text();
    return text == null ? input.fields() : input.fields(text.fields(), text.separator());
  }

  private EncodedItems encode(
      InputVectors vectors,
      Codebook codebook,
      @Nullable CheckpointFolder weights,
      ProgressDisplay progress) {
    try (Arithmetic arithmetic =
        TensorArithmetic.open(Runtime.getRuntime().availableProcessors())) {
      EncodedItems items =
          new EncodedItems(new ItemEncoder(codebook, arithmetic), codebook.levels().size());
      Codebook.Model model = codebook.model();
      if (model == null) {
        vectors.read(
            null,
            (shard, first, fresh, count) -> items.add(shard, fresh, count),
            "encode",
            progress);
        return items;
      }
      try (TextEmbedder embedder = open(model, weights)) {
        vectors.read(
            embedder,
            (shard, first, fresh, count) -> {
              // A run keeps its embeddings in half precision, and its rule holds for those.
              for (int i = 0; i < fresh.length; i++) {
                fresh[i] = HalfFloats.toFloat(HalfFloats.of(fresh[i]));
              }
              items.add(shard, fresh, count);
            },
            "encode",
            progress);
      }
      return items;
    }
  }

  /** The codebook's model, refused if its weights are not those that the codebook was made with. */
  private TextEmbedder open(Codebook.Model model, @Nullable CheckpointFolder weights) {
    ModelSettings settings =
        ModelOptions.checked(
            ModelSettings.of(model.name())
                .withWeights(weights)
                .withDimensions(model.dimensions())
                .withMaxTokens(model.maxTokens())
                .withNormalize(model.normalize())
                .withInstruction(model.instruction())
                .withPooling(model.pooling())
                .withPrecision(model.precision())
                .withDevice(device.device()));
    String made = model.weights();
    ModelIdentity mine = TextEmbedders.identity(settings);
    if (made != null && !made.equals(mine.sha256()) && !made.equals(mine.weightsSha256())) {
      throw SidException.invalid(
          "The codebook was made with other weights of %s (SHA-256 %s, not %s). Its codes mean nothing for other vectors: use the same."
              .formatted(model.name(), made, mine.weightsSha256()));
    }
    return TextEmbedders.open(settings);
  }
}
