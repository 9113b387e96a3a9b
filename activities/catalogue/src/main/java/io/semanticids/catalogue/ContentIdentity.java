package io.semanticids.catalogue;

import io.semanticids.store.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/**
 * SHA-256 of catalogues' contents, remembered for each file by its place, size and version.
 * Thread-safe.
 */
final class ContentIdentity {
  private record Key(String uri, long bytes, String version) {}

  private final Stores stores;
  private final Map<Key, String> known = new ConcurrentHashMap<>();

  ContentIdentity(Stores stores) {
    this.stores = stores;
  }

  String of(List<SourceFile> files, LongConsumer progress) {
    MessageDigest digest = sha256();
    for (SourceFile file : files) {
      Key key = new Key(file.at().uri(), file.bytes(), file.version());
      String content = known.get(key);
      if (content == null) {
        content = content(file, progress);
        known.put(key, content);
      }
      String line = reading(file) + " " + content + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** What a file's name says about how its content is read. */
  private static String reading(SourceFile file) {
    return file.format() + (file.zipped() ? " gzip" : "") + (file.tabs() ? " tabs" : "");
  }

  private String content(SourceFile file, LongConsumer progress) {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[1 << 20];
    try (InputStream input = Files.newInputStream(stores.local(file.at()))) {
      for (int n = input.read(buffer); n >= 0; n = input.read(buffer)) {
        digest.update(buffer, 0, n);
        progress.accept(n);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file.at().uri() + ": " + e.getMessage(), e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256.", e);
    }
  }
}
