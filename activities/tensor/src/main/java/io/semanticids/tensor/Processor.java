package io.semanticids.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What decides the last bits of a product on this machine's processor. */
final class Processor {
  private static final String THREADS = "ai.djl.pytorch.num_threads";

  private Processor() {}

  /** The native library of the tensor engine is there for one platform. */
  static void requireSupported() {
    String system = System.getProperty("os.name");
    String architecture = System.getProperty("os.arch");
    if (!system.equals("Linux") || !Set.of("amd64", "x86_64").contains(architecture)) {
      throw new UnsupportedOperationException(
          "The tensor engine does not run on %s %s: run the worker on Linux x86-64, or in its container image."
              .formatted(system, architecture));
    }
  }

  /**
   * The engine reads this once, when it is loaded; more threads would change sums and fight with
   * ours.
   */
  static void oneThreadAnOperation() {
    if (!"1".equals(System.getProperty(THREADS))) {
      System.setProperty(THREADS, "1");
    }
  }

  static String deviceClass() {
    return deviceClass(cpuInfo(), System.getenv());
  }

  /**
   * Architecture, maker and widest instruction set, then how the libraries were told to choose
   * theirs: for example {@code cpu-amd64-GenuineIntel-avx512-mkl-AVX512,STRICT-aten-avx512}.
   */
  static String deviceClass(List<String> cpuInfo, Map<String, String> environment) {
    Set<String> flags = new TreeSet<>(Arrays.asList(value(cpuInfo, "flags").split(" ")));
    String instructions =
        flags.contains("avx512f") ? "avx512" : flags.contains("avx2") ? "avx2" : "sse";
    return String.join(
        "-",
        "cpu",
        System.getProperty("os.arch"),
        value(cpuInfo, "vendor_id"),
        instructions,
        "mkl",
        environment.getOrDefault("MKL_CBWR", "unset"),
        "aten",
        environment.getOrDefault("ATEN_CPU_CAPABILITY", "unset"));
  }

  private static String value(List<String> cpuInfo, String key) {
    return cpuInfo.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static List<String> cpuInfo() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo"));
    } catch (IOException e) {
      return List.of();
    }
  }
}
