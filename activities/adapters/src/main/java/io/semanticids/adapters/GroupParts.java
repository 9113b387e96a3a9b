package io.semanticids.adapters;

import io.semanticids.balance.BalancedLevel;
import io.semanticids.workflows.activity.Artifact;

/**
 * The parts of a {@code group} artifact with {@code u} units: codes of unit i in part i, the level
 * in part u, centroid sums in part u + 1 + i, potentials in part 2 u + 1 + i.
 */
final class GroupParts {
  private GroupParts() {}

  static int level(int units) {
    return units;
  }

  static int sums(int units, int unit) {
    return units + 1 + unit;
  }

  static int potentials(int units, int unit) {
    return 2 * units + 1 + unit;
  }

  /** The level that the next round starts from. */
  static BalancedLevel next(StageScope scope, Artifact group) {
    int part = scope.facts(group).path("levelPart").asInt();
    return LevelFiles.read(
        scope,
        group,
        part,
        in -> {
          BalancedLevel.read(in);
          return BalancedLevel.read(in);
        });
  }

  /** The potentials of all prefixes, {@code prefixes x K}. */
  static PrefixPotentials potentials(StageScope scope, Artifact group, int size) {
    return new PrefixPotentials(scope, group, size);
  }

  /** Reads potentials by prefix. */
  static final class PrefixPotentials {
    private final StageScope scope;
    private final Artifact group;
    private final int size;
    private final int units;
    private final int prefixes;
    private final StoredPart[] parts;

    private PrefixPotentials(StageScope scope, Artifact group, int size) {
      this.scope = scope;
      this.group = group;
      this.size = size;
      this.units = scope.facts(group).path("units").asInt();
      this.prefixes = scope.facts(group).path("prefixes").asInt();
      this.parts = new StoredPart[units];
    }

    int prefixes() {
      return prefixes;
    }

    /** Reads the K potentials of a prefix. */
    void read(int prefix, long[] target) {
      int unit = (int) ((long) prefix * units / prefixes);
      while (prefix >= GroupExecutor.firstPrefix(prefixes, units, unit + 1)) {
        unit++;
      }
      while (prefix < GroupExecutor.firstPrefix(prefixes, units, unit)) {
        unit--;
      }
      int first = GroupExecutor.firstPrefix(prefixes, units, unit);
      part(unit).longs("potential", (long) (prefix - first) * size, size, target);
    }

    private synchronized StoredPart part(int unit) {
      if (parts[unit] == null) {
        parts[unit] = scope.part(group, GroupParts.potentials(units, unit));
      }
      return parts[unit];
    }
  }
}
