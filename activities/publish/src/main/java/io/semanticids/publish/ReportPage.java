package io.semanticids.publish;

import io.semanticids.evaluate.Report;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code report.html} shows beside the figures of report.json.
 *
 * @param run names the run
 * @param dataset what was read, as people wrote it
 * @param model what made the vectors; null where they were given
 * @param scope of balancing, as in the request
 * @param report all figures
 * @param loads of each level, in order
 * @param collisions the fullest paths of the published codes, the fullest first; at most {@link
 *     #COLLISIONS}
 * @param warnings what people should know about this run, in whole sentences; may be empty
 */
public record ReportPage(
    String run,
    String dataset,
    @Nullable String model,
    String scope,
    Report report,
    List<Loads> loads,
    List<Collision> collisions,
    List<String> warnings) {
  /** The object's name in a run's folder. */
  public static final String NAME = "report.html";

  /** How many collisions are shown. */
  public static final int COLLISIONS = 20;

  /** How many items of a collision are shown. */
  public static final int MEMBERS = 5;

  public ReportPage {
    loads = List.copyOf(loads);
    collisions = List.copyOf(collisions);
    warnings = List.copyOf(warnings);
    if (loads.size() != report.levels().size()) {
      throw new IllegalArgumentException(
          "Loads of %d levels were given for %d levels."
              .formatted(loads.size(), report.levels().size()));
    }
  }

  /**
   * Training items of each code of one level, by code; unused ones are in it with 0.
   *
   * @param before under the unbalanced quantiser; not copied
   * @param after under the balanced one; null when nothing was balanced; not copied
   */
  public record Loads(long[] before, long @Nullable [] after) {
    public Loads {
      if (after != null && after.length != before.length) {
        throw new IllegalArgumentException(
            "%d loads after balancing were given for %d codes."
                .formatted(after.length, before.length));
      }
    }
  }

  /**
   * Items that share a path.
   *
   * @param semanticId their path
   * @param items how many they are
   * @param members the first of them
   */
  public record Collision(String semanticId, long items, List<Member> members) {
    public Collision {
      members = List.copyOf(members);
    }
  }

  /**
   * One item of a collision.
   *
   * @param id of the item
   * @param text what was embedded, null where vectors were given; long ones are cut when shown
   */
  public record Member(String id, @Nullable String text) {}

  /** The file's content: one HTML page that needs no other file and no network. */
  public byte[] html() {
    return ReportHtml.render(this).getBytes(StandardCharsets.UTF_8);
  }
}
