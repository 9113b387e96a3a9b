package io.semanticids.sid;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what was thrown into lines for the user and an exit code. */
final class Errors {
  private Errors() {}

  /** Arguments that do not parse. */
  static int wrongUsage(ParameterException thrown, String[] arguments) {
    CommandLine commandLine = thrown.getCommandLine();
    PrintWriter err = commandLine.getErr();
    err.println("sid: " + thrown.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(thrown, err)) {
      err.println("Try '" + commandLine.getCommandSpec().qualifiedName() + " --help'.");
    }
    err.flush();
    return ExitCode.INVALID;
  }

  /** A command that ended with an exception or an error. */
  static int failed(Throwable thrown, CommandLine commandLine, ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    SidException failure = Failures.explain(thrown);
    err.println("sid: " + failure.getMessage());
    if (Sid.debug(commandLine)) {
      thrown.printStackTrace(err);
    }
    err.flush();
    return failure.exitCode();
  }
}
