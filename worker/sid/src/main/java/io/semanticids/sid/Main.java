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
    UnpackedLibraries libraries = UnpackedLibraries.open();
    Logging.configure(List.of(arguments));
    int code = Sid.commandLine().execute(arguments);
    libraries.remove();
    exit(code);
  }

  /** Ends the process. */
  static void exit(int code) {
    if (code == ExitCode.REPLACE) {
      // At an orderly exit the native libraries would touch the device, and hang or crash; models
      // would wait for a task that hangs.
      Runtime.getRuntime().halt(code);
    }
    System.exit(code);
  }
}
