package io.semanticids.workflows.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be said of a location without looking there: its form. Whether a worker may go there,
 * its roots say.
 */
final class Locations {
  private static final int MAX_LENGTH = 1024;
  private static final Pattern URI = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/]*)(.*)");

  private Locations() {}

  static String read(JsonNode json) throws UnreadableValueException {
    String location = Values.text(json, MAX_LENGTH);
    if (location.isBlank()) {
      throw new UnreadableValueException(
          "\"%s\" is empty; write s3://bucket/…, file:///… or a local path.".formatted(location));
    }
    if (location.chars().anyMatch(Character::isISOControl)) {
      throw new UnreadableValueException(
          "%s holds a control character; remove it.".formatted(Shown.json(json)));
    }
    Matcher uri = URI.matcher(location);
    if (uri.matches()) {
      checkUri(uri);
    }
    return location;
  }

  /** The last step of its path, without the form's endings: what people call it. */
  static String name(String location) {
    String path = location.replaceAll("[/\\\\]+$", "");
    String last = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    return last.replaceFirst(
        "(?i)(?<=.)\\.(jsonl|ndjson|json|csv|tsv|parquet|arrow|npy)(\\.(gz|zst))?$", "");
  }

  private static void checkUri(Matcher uri) throws UnreadableValueException {
    String scheme = uri.group(1);
    String authority = uri.group(2);
    if (authority.contains("@")) {
      throw new UnreadableValueException(
          "a location of scheme %s carries credentials before its @; remove them, workers take theirs from their environment."
              .formatted(Shown.word(scheme)));
    }
    // What follows a ? may be a signature.
    String shown =
        Shown.word(scheme + "://" + authority + uri.group(3).replaceFirst("\\?.*", "?…"));
    if (!List.of("s3", "file").contains(scheme)) {
      throw new UnreadableValueException(
          "\"%s\" has the scheme %s; locations are s3://bucket/…, file:///… or a local path."
              .formatted(shown, Shown.word(scheme)));
    }
    if (scheme.equals("s3") == authority.isEmpty()) {
      throw new UnreadableValueException(
          scheme.equals("s3")
              ? "\"%s\" names no bucket; write s3://bucket/….".formatted(shown)
              : "\"%s\" names a host; write file:/// and an absolute path.".formatted(shown));
    }
    if (List.of(uri.group(3).split("/")).contains("..")) {
      throw new UnreadableValueException(
          "\"%s\" climbs with '..'; write where it leads.".formatted(shown));
    }
  }
}
