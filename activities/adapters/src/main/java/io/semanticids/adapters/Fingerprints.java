package io.semanticids.adapters;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.workflows.activity.Stage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names of artifacts: SHA-256 of everything that their bytes depend on. */
final class Fingerprints {
  private Fingerprints() {}

  /**
   * The fingerprint of a stage computed by this version of its executor, on devices of this class.
   */
  static String of(Stage stage, int version, String deviceClass) {
    ObjectNode all = Json.object();
    all.put("deviceClass", deviceClass);
    all.set("settings", Json.tree(stage));
    all.put("stage", stage.name());
    all.put("version", version);
    return sha256(Json.canonical(all));
  }

  static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
