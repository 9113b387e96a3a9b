package io.semanticids.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where an object or a folder of objects is: an absolute {@code file:///…} or {@code
 * s3://bucket/key…}. Immutable.
 *
 * <p>No segment is empty, {@code .} or {@code ..}, and none reads so after percent-decoding. A file
 * URI is percent-encoded as RFC 3986 says; a key of S3 stands as it is, as in the AWS command line.
 * A slash at the end means nothing.
 */
public final class Location {
  private static final Pattern SCHEME =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*", Pattern.DOTALL);
  private static final Pattern CREDENTIALS = Pattern.compile("//[^/]*@");
  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{2,254}");

  private final String bucket;
  private final String key;

  /** A local path is its key below the bucket of no name. */
  private Location(String bucket, String key) {
    this.bucket = bucket;
    this.key = key;
  }

  /**
   * Reads {@code file:///…}, {@code s3://bucket/key} or a local path; a relative path starts at the
   * working folder, and only there {@code ..} is allowed.
   *
   * @throws InvalidLocationException if it is none of these
   */
  public static Location parse(String uriOrLocalPath) {
    String text = uriOrLocalPath;
    if (text.isBlank()) {
      throw new InvalidLocationException(
          "A location is empty: give file:///…, s3://bucket/key or a local path.");
    }
    var scheme = SCHEME.matcher(text);
    if (!scheme.matches()) {
      return parsePath(text);
    }
    String rest = text.substring(scheme.end(1) + 1);
    if (CREDENTIALS.matcher(rest).lookingAt()) {
      throw new InvalidLocationException(
          "A location of scheme (%s) carries credentials before its @: remove them, they are taken from the environment."
              .formatted(scheme.group(1)));
    }
    return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
      case "file" -> parseFile(text, rest);
      case "s3" -> parseS3(text, rest);
      default ->
          throw new InvalidLocationException(
              "The location (%s) has the scheme (%s): only file:///…, s3://bucket/key and local paths can be used."
                  .formatted(text, scheme.group(1)));
    };
  }

  /** The location of a local path, made absolute. */
  public static Location of(Path path) {
    return new Location(
        "", segments(path.toString(), path.toAbsolutePath().normalize().toString()));
  }

  private static Location parsePath(String text) {
    try {
      Path path = Path.of(text);
      return path.isAbsolute() ? new Location("", segments(text, text)) : of(path);
    } catch (InvalidPathException e) {
      throw new InvalidLocationException(
          "The path (%s) cannot be used on this system (%s); with names outside ASCII set LC_ALL=C.UTF-8."
              .formatted(text, e.getReason()),
          e);
    }
  }

  private static Location parseFile(String text, String rest) {
    String path = rest;
    if (rest.startsWith("//")) {
      int slash = rest.indexOf('/', 2);
      String host = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
      if (slash < 0 || !(host.isEmpty() || host.equals("localhost"))) {
        throw new InvalidLocationException(
            "The location (%s) names the host (%s): write file:///absolute/path."
                .formatted(text, host));
      }
      path = rest.substring(slash);
    }
    if (!path.startsWith("/") || path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
      throw new InvalidLocationException(
          "The location (%s) is not an absolute file URI: write file:///absolute/path, ? as %%3F and # as %%23."
              .formatted(text));
    }
    if (path.toLowerCase(Locale.ROOT).contains("%2f")) {
      throw new InvalidLocationException(
          "The location (%s) hides a slash in %%2F: write the slash.".formatted(text));
    }
    return new Location("", segments(text, decode(text, path)));
  }

  private static Location parseS3(String text, String rest) {
    if (!rest.startsWith("//")) {
      throw new InvalidLocationException(
          "The location (%s) names no bucket: write s3://bucket/key.".formatted(text));
    }
    int slash = rest.indexOf('/', 2);
    String bucket = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
    if (!BUCKET.matcher(bucket).matches()) {
      throw new InvalidLocationException(
          "The location (%s) has the bucket (%s), which is no bucket's name: write s3://bucket/key."
              .formatted(text, bucket));
    }
    String key = slash < 0 ? "" : rest.substring(slash + 1);
    if (key.startsWith("/") || key.contains("//")) {
      throw new InvalidLocationException(
          "The location (%s) has an empty name between two slashes: write one slash."
              .formatted(text));
    }
    return new Location(bucket, segments(text, key));
  }

  /** Checks each segment and joins them with single slashes. */
  private static String segments(String text, String path) {
    StringBuilder joined = new StringBuilder();
    for (String segment : path.split("/", -1)) {
      if (segment.isEmpty()) {
        continue;
      }
      check(text, segment);
      joined.append(joined.isEmpty() ? "" : "/").append(segment);
    }
    return joined.toString();
  }

  private static void check(String text, String segment) {
    String bare = segment;
    // Decoded until nothing changes: %252e%252e must not become .. two readers further on.
    for (String before = ""; !bare.equals(before); ) {
      before = bare;
      bare = bare.replaceAll("(?i)%2e", ".").replaceAll("(?i)%25", "%").replaceAll("(?i)%2f", "/");
    }
    for (String part : bare.split("/", -1)) {
      if (part.equals("..") || part.equals(".")) {
        throw new InvalidLocationException(
            "The location (%s) contains (%s): write the place itself, without . and .. in it."
                .formatted(text, segment));
      }
    }
    if (segment.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new InvalidLocationException(
          "The location (%s) contains a control character: rename the file or folder."
              .formatted(text.replaceAll("\\p{Cntrl}", "?")));
    }
  }

  private static String decode(String text, String path) {
    if (path.indexOf('%') < 0) {
      return path;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] source = path.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < source.length; i++) {
      if (source[i] != '%') {
        bytes.write(source[i]);
        continue;
      }
      int high = i + 2 < source.length ? Character.digit(source[i + 1], 16) : -1;
      int low = i + 2 < source.length ? Character.digit(source[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw new InvalidLocationException(
            "The location (%s) has a percent sign without two hexadecimal digits: write it as %%25."
                .formatted(text));
      }
      bytes.write(high * 16 + low);
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new InvalidLocationException(
          "The location (%s) is not UTF-8 after percent-decoding: encode its name as UTF-8."
              .formatted(text),
          e);
    }
  }

  /**
   * A location below this one.
   *
   * @param child one name, or several with slashes between them
   */
  public Location resolve(String child) {
    if (child.isBlank() || child.startsWith("/") || child.contains("//")) {
      throw new InvalidLocationException(
          "The name (%s) below %s must be relative and not empty.".formatted(child, this));
    }
    String below = segments(child, child);
    return new Location(bucket, key.isEmpty() ? below : key + "/" + below);
  }

  /**
   * The name of a location below this one, so that {@link #resolve} of it gives {@code inside}
   * back.
   *
   * @throws IllegalArgumentException if it is not below this one
   */
  public String relativize(Location inside) {
    if (!contains(inside) || equals(inside)) {
      throw new IllegalArgumentException("%s is not below %s.".formatted(inside, this));
    }
    return inside.key.substring(key.isEmpty() ? 0 : key.length() + 1);
  }

  /** The canonical form: {@link #parse} of it gives this location back. */
  public String uri() {
    return local() ? "file:///" + encode(key) : "s3://" + bucket + (key.isEmpty() ? "" : "/" + key);
  }

  private static String encode(String path) {
    StringBuilder encoded = new StringBuilder();
    for (byte value : path.getBytes(StandardCharsets.UTF_8)) {
      int c = Byte.toUnsignedInt(value);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~!$&'()*+,;=:@/".indexOf(c) >= 0)) {
        encoded.append((char) c);
      } else {
        encoded.append('%').append("%02X".formatted(c));
      }
    }
    return encoded.toString();
  }

  /**
   * The last segment; the bucket's name, or nothing for the top of the file system, where there is
   * none.
   */
  public String name() {
    return key.isEmpty() ? bucket : key.substring(key.lastIndexOf('/') + 1);
  }

  /** Whether this is a file or folder of this machine. */
  public boolean local() {
    return bucket.isEmpty();
  }

  /** The local path. */
  public Path path() {
    if (!local()) {
      throw new IllegalStateException("The location (%s) is not a local file.".formatted(this));
    }
    try {
      return Path.of("/" + key);
    } catch (InvalidPathException e) {
      throw new InvalidLocationException(
          "The path (/%s) cannot be used on this system (%s); with names outside ASCII set LC_ALL=C.UTF-8."
              .formatted(key, e.getReason()),
          e);
    }
  }

  /** The bucket of an S3 location. */
  public String bucket() {
    requireS3();
    return bucket;
  }

  /** The key of an S3 location; empty for the bucket itself. */
  public String key() {
    requireS3();
    return key;
  }

  private void requireS3() {
    if (local()) {
      throw new IllegalStateException("The location (%s) is not in S3.".formatted(this));
    }
  }

  /** Whether {@code other} is this location or below it, by their names. */
  boolean contains(Location other) {
    return bucket.equals(other.bucket)
        && (key.isEmpty() || other.key.equals(key) || other.key.startsWith(key + "/"));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Location that && bucket.equals(that.bucket) && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return 31 * bucket.hashCode() + key.hashCode();
  }

  /** For people: the plain path of a local file, the URI of an object. */
  @Override
  public String toString() {
    return local() ? "/" + key : uri();
  }
}
