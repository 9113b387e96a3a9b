package io.semanticids.sid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.semanticids.store.ArtifactFolder;
import io.semanticids.store.DamagedObjectException;
import io.semanticids.store.Location;
import io.semanticids.store.ObjectInfo;
import io.semanticids.store.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What lies below {@code artifacts/<stage>/<fingerprint>/}.
 *
 * @param objects all objects, shard folders included
 * @param inputs fingerprints that its manifest mentions; empty where it has none
 * @param run whose outputs it noted (stage {@code publish}); empty elsewhere
 * @param finished whether it has a manifest
 * @param readable whether that is a JSON object
 */
record StoredArtifact(
    String stage,
    String fingerprint,
    List<ObjectInfo> objects,
    Set<String> inputs,
    String run,
    boolean finished,
    boolean readable) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PLACE = Pattern.compile(".*/artifacts/([^/]+)/([0-9a-f]{64})/.+");
  private static final Pattern MARKER = Pattern.compile("part-\\d{5,}\\.json");
  private static final Pattern PART = Pattern.compile("part-(\\d{5,9})[.-].+");
  private static final Pattern DATA = Pattern.compile("part-\\d{5,}-.+");

  StoredArtifact {
    objects = List.copyOf(objects);
    inputs = Set.copyOf(inputs);
  }

  /** Everything below {@code output/artifacts/}, by fingerprint. */
  static Map<String, StoredArtifact> scan(Stores stores, Location output) {
    Map<String, List<ObjectInfo>> objects = new LinkedHashMap<>();
    Map<String, String> stages = new HashMap<>();
    for (ObjectInfo object : stores.list(output.resolve("artifacts"))) {
      Matcher place = PLACE.matcher(object.at().uri());
      if (place.matches()) {
        stages.put(place.group(2), place.group(1));
        objects.computeIfAbsent(place.group(2), unused -> new ArrayList<>()).add(object);
      }
    }
    Map<String, StoredArtifact> artifacts = new LinkedHashMap<>();
    objects.forEach(
        (fingerprint, below) -> {
          Set<String> inputs = new HashSet<>();
          String run = "";
          boolean finished = false;
          boolean readable = true;
          for (ObjectInfo object : below) {
            if (object.at().name().equals("manifest.json")) {
              byte[] manifest = stores.read(object.at());
              finished = true;
              inputs.addAll(fingerprints(manifest));
              Optional<JsonNode> json = json(manifest);
              readable &= json.isPresent();
              run = json.map(found -> found.at("/settings/run").asText()).orElse(run);
            }
          }
          inputs.remove(fingerprint);
          artifacts.put(
              fingerprint,
              new StoredArtifact(
                  stages.get(fingerprint), fingerprint, below, inputs, run, finished, readable));
        });
    return artifacts;
  }

  private static Optional<JsonNode> json(byte[] content) {
    try {
      return Optional.of(JSON.readTree(content)).filter(JsonNode::isObject);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** All fingerprints that an object of JSON mentions. */
  static Set<String> fingerprints(byte[] json) {
    Set<String> found = new HashSet<>();
    Matcher matcher =
        Pattern.compile("\"([0-9a-f]{64})\"").matcher(new String(json, StandardCharsets.UTF_8));
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  /**
   * Data of attempts that lost or died: no marker names them. None where a marker cannot be read,
   * which may name any.
   */
  List<ObjectInfo> orphans(Stores stores) {
    Set<String> named = new HashSet<>();
    try {
      markers(stores).forEach(marker -> named.add(marker.at().uri()));
    } catch (DamagedObjectException e) {
      return List.of();
    }
    return objects.stream()
        .filter(object -> DATA.matcher(object.at().name()).matches())
        .filter(object -> !named.contains(object.at().uri()))
        .toList();
  }

  /**
   * Units that a committed manifest has consumed: a process was killed before it had deleted them.
   *
   * @param stages those whose units are scratch
   */
  List<ObjectInfo> scratch(Stores stores, Set<String> stages) {
    List<ObjectInfo> consumed = new ArrayList<>();
    if (stages.contains(stage)) {
      for (ObjectInfo object : objects) {
        if (object.at().name().equals("manifest.json")) {
          int units =
              json(stores.read(object.at())).map(found -> found.path("units").asInt()).orElse(0);
          objects.stream()
              .filter(one -> folder(one).equals(folder(object)))
              .filter(one -> part(one) >= 0 && part(one) < units)
              .forEach(consumed::add);
        }
      }
    }
    return consumed;
  }

  private static String folder(ObjectInfo object) {
    String uri = object.at().uri();
    return uri.substring(0, uri.lastIndexOf('/'));
  }

  /** The number of the part that an object or its marker belongs to; -1 for others. */
  private static int part(ObjectInfo object) {
    Matcher part = PART.matcher(object.at().name());
    return part.matches() ? Integer.parseInt(part.group(1)) : -1;
  }

  /**
   * Whether a data object is missing, torn or altered, or manifest or a marker cannot be read.
   * Reads all of them.
   */
  boolean damaged(Stores stores) {
    try {
      return !readable || markers(stores).stream().anyMatch(marker -> damaged(stores, marker));
    } catch (DamagedObjectException e) {
      return true;
    }
  }

  private static boolean damaged(Stores stores, Marker marker) {
    return stores.info(marker.at()).isEmpty()
        || !marker.sha256().equals(sha256(stores, marker.at()));
  }

  /** The object that a marker names, and what its checksum must be. */
  private record Marker(Location at, String sha256) {}

  /**
   * @throws DamagedObjectException if one cannot be read
   */
  private List<Marker> markers(Stores stores) {
    List<Marker> markers = new ArrayList<>();
    for (ObjectInfo object : objects) {
      if (MARKER.matcher(object.at().name()).matches()) {
        Location folder = Location.parse(folder(object));
        ArtifactFolder.at(stores, folder)
            .marker(part(object))
            .ifPresent(
                marker ->
                    markers.add(new Marker(folder.resolve(marker.object()), marker.sha256())));
      }
    }
    return markers;
  }

  private static String sha256(Stores stores, Location at) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(stores.open(at), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read.".formatted(at), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
