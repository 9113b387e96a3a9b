package io.semanticids.workflows.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What makes two requests the same run: all that they ask for, locations read included, but not
 * where results go, how work is cut or how long is waited.
 */
public final class RequestFingerprint {
  private static final List<String> LEFT_OUT = List.of("output", "shardRows", "queueTimeout");

  private RequestFingerprint() {}

  /** SHA-256 of the canonical JSON, 64 hexadecimal digits. */
  public static String of(BuildRequest request) {
    ObjectNode json = (ObjectNode) request.toJson();
    byte[] canonical = json.remove(LEFT_OUT).toString().getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
