package io.semanticids.embed;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the libraries below a model or a tensor program say when a device fails them. */
public enum DeviceError {
  /** Memory did not hold what was asked for; less may do. */
  OUT_OF_MEMORY,

  /** The device, or this process's hold on it, is broken: nothing computes here any more. */
  POISONED;

  private static final List<String> MEMORY =
      List.of(
          "cuda out of memory",
          "cuda error: out of memory",
          "cuda failure 2:",
          "cuda_error_out_of_memory",
          "cublas_status_alloc_failed",
          "cudnn_status_alloc_failed",
          "failed to allocate memory for requested buffer",
          "can't allocate memory");

  private static final List<String> BROKEN =
      List.of(
          "cuda error",
          "cuda failure",
          "cuda_error_",
          "cublas_status_",
          "cudnn_status_",
          "cusolver_status_",
          "device-side assert",
          "cuda driver");

  /** Only these speak of devices; a message of ours may quote a text that says anything. */
  private static final List<String> LIBRARIES = List.of("ai.djl.", "ai.onnxruntime.");

  /** The device's error among an exception's causes, if it is one. */
  public static Optional<DeviceError> of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String name = cause.getClass().getName();
      if (cause.getMessage() != null && LIBRARIES.stream().anyMatch(name::startsWith)) {
        String message = cause.getMessage().toLowerCase(Locale.ROOT);
        if (MEMORY.stream().anyMatch(message::contains)) {
          return Optional.of(OUT_OF_MEMORY);
        }
        if (BROKEN.stream().anyMatch(message::contains)) {
          return Optional.of(POISONED);
        }
      }
    }
    return Optional.empty();
  }
}
