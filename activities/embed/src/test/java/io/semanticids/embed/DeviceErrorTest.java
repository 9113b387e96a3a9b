package io.semanticids.embed;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import ai.djl.translate.TranslateException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceErrorTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 79.10 GiB",
        "CUDA error: out of memory\nCompile with `TORCH_USE_CUDA_DSA` to enable assertions.",
        "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
        "[enforce fail at alloc_cpu.cpp:118] DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes.",
        "CUDA failure 2: out of memory ; GPU=0 ; hostname=worker"
      })
  void outOfMemory(String message) {
    assertThat(DeviceError.of(new EngineException(message))).contains(DeviceError.OUT_OF_MEMORY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA error: device-side assert triggered\nCUDA kernel errors might be asynchronously reported",
        "CUDA error: an illegal memory access was encountered",
        "CUDA error: uncorrectable ECC error encountered",
        "CUDA error: CUBLAS_STATUS_EXECUTION_FAILED when calling `cublasGemmEx`",
        "cuDNN error: CUDNN_STATUS_EXECUTION_FAILED"
      })
  void poisoned(String message) {
    assertThat(DeviceError.of(new EngineException(message))).contains(DeviceError.POISONED);
    assertThat(
            DeviceError.of(
                new EmbeddingException(
                    "Model m failed.", new TranslateException(new EngineException(message)))))
        .contains(DeviceError.POISONED);
  }

  @Test
  void whatATextSaysIsNoError() {
    assertThat(DeviceError.of(new EmbeddingException("not finite: \"CUDA error: a thriller\"")))
        .isEqualTo(Optional.empty());
    assertThat(DeviceError.of(new EngineException("shape '[2]' is invalid for input of size 3")))
        .isEqualTo(Optional.empty());
    assertThat(DeviceError.of(new IllegalStateException())).isEqualTo(Optional.empty());
  }
}
