package io.semanticids.embed;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What checkpoints compute on. {@code minilm} always computes on the processor.
 *
 * @param gpu the number of an NVIDIA GPU as CUDA counts them; negative for the processor
 */
public record EmbeddingDevice(int gpu) {
  /** The processor. */
  public static final EmbeddingDevice CPU = new EmbeddingDevice(-1);

  private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

  /** One folder a GPU, with a line {@code Model:} in its file {@code information}. */
  private static final Path DRIVER = Path.of("/proc/driver/nvidia/gpus");

  /**
   * Reads {@code cpu}, {@code cuda} (the first GPU) or {@code cuda:N}.
   *
   * @throws IllegalArgumentException when it is none of them
   */
  public static EmbeddingDevice parse(String text) {
    if (text.equals("cpu")) {
      return CPU;
    }
    Matcher cuda = CUDA.matcher(text);
    if (!cuda.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no device: take cpu, cuda or cuda:N.".formatted(text));
    }
    return new EmbeddingDevice(cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1)));
  }

  /** As {@link #parse} reads it. */
  public String text() {
    return onProcessor() ? "cpu" : "cuda:" + gpu;
  }

  /**
   * Makes sure that it is there.
   *
   * @throws ModelException when it is not, with the reason
   */
  public EmbeddingDevice require() {
    if (onProcessor()) {
      return this;
    }
    try {
      if (!Engine.getEngine("PyTorch").hasCapability(StandardCapabilities.CUDA)) {
        throw new ModelException(
            "Device %s cannot be used: this PyTorch is the one for processors, or finds no NVIDIA driver. Use --device cpu, or the GPU image (infra/docker)."
                .formatted(text()));
      }
      try (NDManager manager = NDManager.newBaseManager(djl(), "PyTorch")) {
        manager.ones(new Shape(1)).toFloatArray();
      }
    } catch (EngineException e) {
      throw new ModelException(
          "Device %s cannot be used (%s). Choose a GPU that nvidia-smi lists; CUDA_VISIBLE_DEVICES hides some."
              .formatted(text(), EngineFailure.reason(e).lines().findFirst().orElse("")),
          e);
    }
    return this;
  }

  boolean onProcessor() {
    return gpu < 0;
  }

  Device djl() {
    return onProcessor() ? Device.cpu() : Device.gpu(gpu);
  }

  /**
   * The class of devices within which a checkpoint gives the same bytes.
   *
   * @param processor the processor's class
   */
  String deviceClass(String processor) {
    return onProcessor()
        ? processor + products(information(Path.of("/proc/cpuinfo")))
        : "cuda-%s-torch-%s".formatted(names(DRIVER), Engine.getEngine("PyTorch").getVersion());
  }

  /** Products in bfloat16 go by instructions that other products do not have. */
  static String products(List<String> cpuInfo) {
    Set<String> flags =
        cpuInfo.stream()
            .filter(line -> line.startsWith("flags"))
            .findFirst()
            .map(line -> Set.of(line.substring(line.indexOf(':') + 1).strip().split("\\s+")))
            .orElse(Set.of());
    return flags.contains("amx_bf16")
        ? "-amx_bf16"
        : flags.contains("avx512_bf16") ? "-avx512_bf16" : "";
  }

  /** The GPUs' names, each once: {@code NVIDIA-H100-80GB-HBM3}. */
  static String names(Path driver) {
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> gpus = Files.newDirectoryStream(driver)) {
      for (Path gpu : gpus) {
        information(gpu.resolve("information")).stream()
            .filter(line -> line.startsWith("Model:"))
            .map(line -> line.substring("Model:".length()).strip().replaceAll("\\s+", "-"))
            .forEach(names::add);
      }
    } catch (IOException e) {
      return "unknown";
    }
    return names.isEmpty() ? "unknown" : String.join("+", names);
  }

  private static List<String> information(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
