package io.semanticids.workflows.request;

import java.util.List;

/**
 * A request that cannot be carried out: all its problems together, in one message of bounded
 * length.
 */
public final class InvalidRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_LENGTH = 2000;
  private static final int MAX_LINE = 500;
  private static final int TAIL = 40;

  private final String[] problems;

  /**
   * All of them.
   *
   * @param problems each names the place, the value and the remedy in one line; at least one
   */
  public InvalidRequestException(List<String> problems) {
    super(message(problems));
    this.problems = problems.toArray(new String[0]);
  }

  /** One line each. */
  public List<String> problems() {
    return List.of(problems);
  }

  private static String message(List<String> problems) {
    if (problems.size() == 1) {
      return "The request is invalid. " + Shown.cut(problems.get(0), MAX_LENGTH - TAIL);
    }
    StringBuilder message =
        new StringBuilder("The request has %s problems:".formatted(problems.size()));
    for (int i = 0; i < problems.size(); i++) {
      String line = "\n- " + Shown.cut(problems.get(i), MAX_LINE);
      if (message.length() + line.length() > MAX_LENGTH - TAIL) {
        return message.append("\n- and %s more.".formatted(problems.size() - i)).toString();
      }
      message.append(line);
    }
    return message.toString();
  }
}
