package io.semanticids.embed;

/** Why an engine or a model does not start. */
final class EngineFailure {
  private EngineFailure() {}

  /** The loader's own words where a native library is missing; else what was thrown says. */
  static String reason(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnsatisfiedLinkError) {
        String library = String.valueOf(cause.getMessage());
        return library.contains("libcuda.so")
            ? library
                + "; it comes with NVIDIA's driver: start the container with --gpus all, or take the image for processors"
            : library;
      }
    }
    return String.valueOf(thrown.getMessage());
  }
}
