package io.semanticids.sid;

import java.util.List;

/** Where the program starts. */
public final class Main {
  private Main() {}

  /**
   * Runs one command and exits with its code.
   *
   * @param arguments as typed, {@code sid} itself left out
   */
  public static void main(String[] arguments) {
    Logging.configure(List.of(arguments));
    System.exit(Sid.commandLine().execute(arguments));
  }
}
