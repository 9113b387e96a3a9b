package io.semanticids.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingDeviceTest {
  @ParameterizedTest
  @ValueSource(strings = {"cpu", "cuda:0", "cuda:12"})
  void formsAreReadAndWritten(String text) {
    assertThat(EmbeddingDevice.parse(text).text()).isEqualTo(text);
  }

  @Test
  void cudaIsTheFirstGpu() {
    assertThat(EmbeddingDevice.parse("cuda")).isEqualTo(new EmbeddingDevice(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "CUDA", "cuda:", "cuda:-1", "cuda:x", "mps"})
  void otherFormsAreRefused(String text) {
    assertThatThrownBy(() -> EmbeddingDevice.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cpu, cuda or cuda:N");
  }

  @Test
  void modelsAreRefusedWhereThereIsNoGpu() {
    assumeFalse(Files.exists(Path.of("/proc/driver/nvidia")), "there is a GPU");
    ModelSettings settings =
        ModelSettings.of("checkpoint")
            .withWeights(TinyCheckpoints.folder("qwen3-f32"))
            .withDevice(EmbeddingDevice.parse("cuda:3"));
    assertThatThrownBy(() -> TextEmbedders.open(settings, 1))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("cuda:3 cannot be used")
        .hasMessageContaining("--device cpu");
    EmbeddingDevice.CPU.require();
  }

  /** As DJL says it in the GPU image on a machine without a driver. */
  @Test
  void aMissingDriverIsNamed() {
    UnsatisfiedLinkError missing =
        new UnsatisfiedLinkError(
            "libcaffe2_nvrtc.so: libcuda.so.1: cannot open shared object file: No such file or directory");
    assertThat(
            EngineFailure.reason(
                new EngineException("Failed to load PyTorch native library", missing)))
        .contains("libcuda.so.1: cannot open", "--gpus all");
    assertThat(EngineFailure.reason(new EngineException("No engine", new IOException("x"))))
        .isEqualTo("No engine");
  }

  @Test
  void classesNameWhatProductsDependOn(@TempDir Path driver) throws IOException {
    assertThat(EmbeddingDevice.products(List.of("flags\t\t: fpu avx512f avx512_bf16 amx_bf16")))
        .isEqualTo("-amx_bf16");
    assertThat(EmbeddingDevice.products(List.of("flags\t\t: fpu avx512f"))).isEmpty();
    assertThat(EmbeddingDevice.names(driver)).isEqualTo("unknown");
    for (String gpu : List.of("0000:01:00.0", "0000:02:00.0")) {
      Files.writeString(
          Files.createDirectory(driver.resolve(gpu)).resolve("information"),
          "Model: \t\t NVIDIA H100 80GB HBM3\nIRQ:   \t\t 5\n");
    }
    assertThat(EmbeddingDevice.names(driver)).isEqualTo("NVIDIA-H100-80GB-HBM3");
    ModelSettings minilm = ModelSettings.of("minilm").withDevice(EmbeddingDevice.parse("cuda"));
    assertThat(TextEmbedders.deviceClass(minilm, "cpu-x")).isEqualTo("cpu-x");
    assertThat(TextEmbedders.deviceClass(ModelSettings.of("checkpoint"), "cpu-x"))
        .startsWith("cpu-x");
  }
}
