package io.semanticids.sid;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the versions that a run's result can depend on. */
final class Versions implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "sid " + own(),
      "java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
      "arithmetic MKL_CBWR="
          + environment("MKL_CBWR")
          + " ATEN_CPU_CAPABILITY="
          + environment("ATEN_CPU_CAPABILITY"),
    };
  }

  /** The version in the jar's manifest; classes that come from a folder have none. */
  static String own() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private static String environment(String name) {
    String value = System.getenv(name);
    return value == null ? "unset" : value;
  }
}
