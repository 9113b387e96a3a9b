package io.semanticids.sid;

import io.semanticids.adapters.SemanticIdsActivities;
import io.semanticids.publish.SweepReport;
import io.semanticids.store.Leftover;
import io.semanticids.store.Location;
import io.semanticids.store.ObjectInfo;
import io.semanticids.store.Stores;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What can be deleted below an output folder.
 *
 * @param findings what, and why
 * @param leftovers files and uploads that were begun and never finished
 * @param unfinished runs and sweeps that have begun and are not published yet
 */
record Garbage(List<Finding> findings, List<Leftover> leftovers, List<String> unfinished) {
  Garbage {
    findings = List.copyOf(findings);
    leftovers = List.copyOf(leftovers);
    unfinished = List.copyOf(unfinished);
  }

  /**
   * Objects that go together.
   *
   * @param what {@code embed/1a2b3c4d5e6f}
   * @param why in words
   */
  record Finding(String what, String why, List<ObjectInfo> objects) {
    Finding {
      objects = List.copyOf(objects);
    }

    long bytes() {
      return objects.stream().mapToLong(ObjectInfo::bytes).sum();
    }
  }

  /**
   * Finds what no run needs.
   *
   * @param abandon unfinished runs will not be resumed: what only they need may go
   */
  static Garbage unreferenced(Stores stores, Location output, boolean abandon) {
    Map<String, StoredArtifact> artifacts = StoredArtifact.scan(stores, output);
    Map<String, Boolean> runs = new TreeMap<>();
    Set<String> needed = new HashSet<>();
    Location published = output.resolve("runs");
    for (ObjectInfo object : stores.list(published)) {
      String below = published.relativize(object.at());
      if (!below.contains("/")) {
        continue;
      }
      String run = below.substring(0, below.indexOf('/'));
      boolean manifest = below.equals(run + "/manifest.json");
      runs.merge(run, manifest, Boolean::logicalOr);
      if (manifest) {
        needed.addAll(StoredArtifact.fingerprints(stores.read(object.at())));
      }
    }
    List<String> unfinished = new ArrayList<>();
    runs.entrySet().stream()
        .filter(run -> !run.getValue())
        .forEach(run -> unfinished.add(run.getKey()));
    unfinished.addAll(unfinishedSweeps(stores, output));
    artifacts.values().stream()
        .filter(artifact -> runs.getOrDefault(artifact.run(), false))
        .forEach(artifact -> needed.add(artifact.fingerprint()));
    Set<String> kept = closure(needed, artifacts);
    Set<String> scratchStages = SemanticIdsActivities.scratchStages();
    List<Finding> findings = new ArrayList<>();
    for (StoredArtifact artifact : artifacts.values()) {
      if (!kept.contains(artifact.fingerprint()) && (abandon || unfinished.isEmpty())) {
        findings.add(finding(artifact, "no run needs it", artifact.objects()));
      } else {
        List<ObjectInfo> orphans = artifact.orphans(stores);
        if (!orphans.isEmpty()) {
          findings.add(finding(artifact, "left by attempts that died or came second", orphans));
        }
        List<ObjectInfo> scratch = new ArrayList<>(artifact.scratch(stores, scratchStages));
        scratch.removeAll(orphans);
        if (!scratch.isEmpty()) {
          findings.add(finding(artifact, "scratch of a finished stage", scratch));
        }
      }
    }
    return new Garbage(findings, stores.leftovers(output, Instant.now()), unfinished);
  }

  /** Sweeps that have begun and are not published: their next runs share what is there. */
  private static List<String> unfinishedSweeps(Stores stores, Location output) {
    Location sweeps = output.resolve(SweepReport.FOLDER);
    Map<String, Boolean> finished = new TreeMap<>();
    for (ObjectInfo object : stores.list(sweeps)) {
      String below = sweeps.relativize(object.at());
      if (below.contains("/")) {
        String sweep = below.substring(0, below.indexOf('/'));
        finished.merge(sweep, below.equals(sweep + "/" + SweepReport.NAME), Boolean::logicalOr);
      }
    }
    return finished.entrySet().stream()
        .filter(sweep -> !sweep.getValue())
        .map(sweep -> SweepReport.FOLDER + "/" + sweep.getKey())
        .toList();
  }

  /** Finds artifacts with damaged objects, and all that was computed from them or may have been. */
  static Garbage damaged(Stores stores, Location output) {
    Map<String, StoredArtifact> artifacts = StoredArtifact.scan(stores, output);
    Set<String> damaged = new HashSet<>();
    artifacts.values().stream()
        .filter(artifact -> artifact.damaged(stores))
        .forEach(artifact -> damaged.add(artifact.fingerprint()));
    List<Finding> findings = new ArrayList<>();
    for (StoredArtifact artifact : artifacts.values()) {
      if (damaged.contains(artifact.fingerprint())) {
        findings.add(finding(artifact, "an object is missing or altered", artifact.objects()));
      } else if (closure(artifact.inputs(), artifacts).stream().anyMatch(damaged::contains)) {
        findings.add(finding(artifact, "computed from damaged objects", artifact.objects()));
      } else if (!damaged.isEmpty() && !artifact.finished()) {
        findings.add(
            finding(
                artifact,
                "unfinished, may have been computed from damaged objects",
                artifact.objects()));
      }
    }
    return new Garbage(findings, List.of(), List.of());
  }

  long bytes() {
    return findings.stream().mapToLong(Finding::bytes).sum()
        + leftovers.stream().mapToLong(Leftover::bytes).sum();
  }

  void delete(Stores stores) {
    leftovers.forEach(stores::remove);
    for (Finding finding : findings) {
      // Manifests and markers go first: what is left of a broken-off deletion is then unfinished,
      // not damaged.
      finding.objects().stream()
          .sorted((a, b) -> Boolean.compare(!described(a), !described(b)))
          .forEach(object -> stores.delete(object.at()));
    }
  }

  private static boolean described(ObjectInfo object) {
    return object.at().name().endsWith(".json");
  }

  private static Finding finding(StoredArtifact artifact, String why, List<ObjectInfo> objects) {
    return new Finding(
        artifact.stage() + "/" + artifact.fingerprint().substring(0, 12), why, objects);
  }

  private static Set<String> closure(Set<String> roots, Map<String, StoredArtifact> artifacts) {
    Set<String> reached = new HashSet<>(roots);
    Deque<String> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      StoredArtifact artifact = artifacts.get(open.pop());
      if (artifact != null) {
        for (String input : artifact.inputs()) {
          if (reached.add(input)) {
            open.push(input);
          }
        }
      }
    }
    return reached;
  }
}
