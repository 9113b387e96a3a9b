package io.semanticids.sid;

import io.semanticids.catalogue.SampleCatalogue;
import io.semanticids.catalogue.SampleVectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a catalogue or vectors of any size. */
@Command(
    name = "sample",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a realistic catalogue, or vectors, of any size: heavy-tailed groups, near and exact duplicates.",
      "The same items, dimensions and seed give the same bytes. A file of that name is replaced.%n"
    },
    footer = {
      "",
      "Examples:",
      "  sid sample --items 10000 --output products.jsonl",
      "  sid sample --items 1000000 --seed 7 --output products.jsonl.gz",
      "  sid sample --vectors --items 200000 --dim 256 --output vectors.npy"
    })
final class SampleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--items", paramLabel = "N", required = true, description = "How many items.")
  private long items;

  @ArgGroup(exclusive = false)
  private VectorOptions vectors = new VectorOptions();

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Another seed, another catalogue. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "products.jsonl or products.jsonl.gz; with --vectors: vectors.npy.")
  private Path output = Path.of("");

  /** What vectors need to be told. */
  static final class VectorOptions {
    @Option(
        names = "--vectors",
        required = true,
        description = "Vectors (.npy, float16, unit length) instead of a catalogue.")
    private boolean wanted;

    @Option(
        names = "--dim",
        paramLabel = "D",
        defaultValue = "256",
        description = "Their dimension. Default: ${DEFAULT-VALUE}.")
    private int dimension = 256;
  }

  @Override
  public Integer call() {
    if (items < 1 || vectors.dimension < 1) {
      throw SidException.invalid(
          "--items %,d and --dim %,d must be positive.".formatted(items, vectors.dimension));
    }
    String name = output.toString().toLowerCase(Locale.ROOT);
    boolean fits =
        vectors.wanted
            ? name.endsWith(".npy")
            : name.endsWith(".jsonl") || name.endsWith(".jsonl.gz");
    if (!fits) {
      throw SidException.invalid(
          "--output %s: readers go by the ending; take %s."
              .formatted(output, vectors.wanted ? "one that ends in .npy" : ".jsonl or .jsonl.gz"));
    }
    try {
      if (vectors.wanted) {
        SampleVectors.write(items, vectors.dimension, seed, output);
      } else {
        SampleCatalogue.write(items, seed, output);
      }
    } catch (IOException e) {
      throw LocalFiles.cannotWrite(output, e);
    }
    spec.commandLine().getOut().println(output);
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }
}
