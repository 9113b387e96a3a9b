package io.semanticids.adapters.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run will take and can reach.
 *
 * @param collisions of the training items
 * @param stages in order
 * @param seconds of computation, all stages; null where nothing was measured
 * @param tasks that workers take from the queues
 * @param memoryBytes resident at the most, native memory counted, mapped files not
 * @param disk what is written below the output folder
 * @param warnings what cannot be had, or not here; one sentence each
 * @param suggestions settings that can; one sentence each
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunPlan(
    Items items,
    Collisions collisions,
    List<PlannedStage> stages,
    @Nullable Double seconds,
    long tasks,
    long memoryBytes,
    Disk disk,
    List<String> warnings,
    List<String> suggestions) {
  public RunPlan {
    stages = List.copyOf(stages);
    warnings = List.copyOf(warnings);
    suggestions = List.copyOf(suggestions);
  }

  /**
   * What is read.
   *
   * @param exact whether rows were counted; else they were estimated from the files' beginnings
   */
  public record Items(long train, long test, boolean exact, int dimension, boolean texts) {}

  /**
   * Collision rates.
   *
   * @param paths that the levels can make
   * @param pigeonhole no assignment collides less
   * @param uniformRandom codes without any structure
   * @param expectedLow what such a request has come to on real and made data, from …
   * @param expectedHigh … to
   */
  public record Collisions(
      BigInteger paths,
      double pigeonhole,
      double uniformRandom,
      double expectedLow,
      double expectedHigh) {}

  /**
   * One line of the plan: equal stages of all levels together.
   *
   * @param name {@code balance: repair}
   * @param tasks that can run side by side, over all of them
   * @param objects that it leaves
   * @param bytes of them
   * @param seconds on this machine alone; null where nothing was measured
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PlannedStage(
      String name, long tasks, long objects, long bytes, @Nullable Double seconds) {}

  /**
   * What is written.
   *
   * @param artifactBytes that stay below {@code artifacts/}
   * @param runBytes that are published below {@code runs/}
   * @param scratchBytes at the most beside them for a while
   * @param objects that stay
   * @param freeBytes where the output goes; null for object stores
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Disk(
      long artifactBytes,
      long runBytes,
      long scratchBytes,
      long objects,
      @Nullable Long freeBytes) {
    /** What must be free when a run starts with nothing done. */
    public long needed() {
      return artifactBytes + runBytes + scratchBytes;
    }

    /** Whether this does not seem to fit. */
    public boolean tooSmall() {
      return freeBytes != null && freeBytes < needed();
    }

    /** Whether it does not fit even if it were a fifth less than was estimated. */
    public boolean farTooSmall() {
      return freeBytes != null && freeBytes < needed() / 5 * 4;
    }
  }
}
