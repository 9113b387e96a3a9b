package io.semanticids.sid;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * What the libraries may say on stderr. Commands speak for themselves, so libraries are silent
 * unless {@code --debug} is given; a worker lets warnings through. Must run before the first logger
 * is made.
 */
final class Logging {
  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private Logging() {}

  static void configure(List<String> arguments) {
    boolean debug = arguments.contains("--debug");
    boolean worker = arguments.contains("worker");
    set("defaultLogLevel", debug ? "info" : worker ? "warn" : "off");
    set("showDateTime", "true");
    set("dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    set("showThreadName", "false");
    // One line a failed attempt is enough, and the server keeps it: the SDK logs each with its
    // stack trace.
    set("log.io.temporal", debug ? "info" : "off");
    set("log.io.semanticids", debug ? "debug" : worker ? "info" : "off");
    set("log.io.grpc", debug ? "info" : "off");
    // It warns of every machine without a GPU.
    set("log.ai.djl.onnxruntime", debug ? "info" : "error");
    // gRPC and others speak through java.util.logging.
    Logger root = LogManager.getLogManager().getLogger("");
    root.setLevel(debug ? Level.INFO : Level.OFF);
  }

  /** Leaves what the user set with {@code -D}. */
  private static void set(String name, String value) {
    if (System.getProperty(PREFIX + name) == null) {
      System.setProperty(PREFIX + name, value);
    }
  }
}
