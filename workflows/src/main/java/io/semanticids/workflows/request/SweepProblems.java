package io.semanticids.workflows.request;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Problems of the runs of a sweep: what all have is said once, what some have with their settings.
 */
public final class SweepProblems {
  private final int runs;
  private final Map<String, List<String>> labels = new LinkedHashMap<>();

  /** For a sweep of so many runs. */
  public SweepProblems(int runs) {
    this.runs = runs;
  }

  /** Notes the problems of the run with these settings. */
  public void add(String label, List<String> problems) {
    problems.forEach(problem -> add(label, problem));
  }

  void add(String label, String problem) {
    labels.computeIfAbsent(problem, unused -> new ArrayList<>()).add(label);
  }

  /**
   * Ends the sweep where something is wrong.
   *
   * @throws InvalidRequestException with all of it
   */
  public void throwIfAny() {
    if (!labels.isEmpty()) {
      throw new InvalidRequestException(
          labels.entrySet().stream().map(entry -> said(entry.getKey(), entry.getValue())).toList());
    }
  }

  private String said(String problem, List<String> of) {
    if (of.size() == runs || problem.startsWith("vary:")) {
      return problem;
    }
    String others = of.size() == 1 ? "" : " and %s more".formatted(of.size() - 1);
    return "%s (with %s%s)".formatted(problem, of.get(0), others);
  }
}
