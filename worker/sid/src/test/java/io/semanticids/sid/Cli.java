package io.semanticids.sid;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** One command, run in this process with its output captured. */
record Cli(int exitCode, String out, String err) {
  static Cli run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = Sid.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    int exitCode = commandLine.execute(arguments);
    return new Cli(exitCode, out.toString(), err.toString());
  }
}
