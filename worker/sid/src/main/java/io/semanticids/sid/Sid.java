package io.semanticids.sid;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code sid}: knows its subcommands, and says what to type when none is given. */
@Command(
    name = "sid",
    description = "Turns a catalogue of items into semantic IDs.%n",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Versions.class,
    mixinStandardHelpOptions = true,
    subcommands = {
      RunCommand.class,
      PlanCommand.class,
      SweepCommand.class,
      WorkerCommand.class,
      StartCommand.class,
      StatusCommand.class,
      ReportCommand.class,
      EmbedCommand.class,
      EncodeCommand.class,
      SampleCommand.class,
      SchemaCommand.class,
      GcCommand.class,
    },
    footer = {
      "",
      "Start here:",
      "  sid run                                   the built-in sample, into ./semantic-ids",
      "  sid run products.jsonl                    your own catalogue: JSONL, CSV, Parquet or .npy",
      "  sid run products.jsonl --set size=64 --set uniform=true --output out",
      "  sid COMMAND --help                        what a command does, with examples",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage or invalid request (nothing started),",
      "70 a device no longer computes or a task hangs, 130 interrupted (run again to resume), 143 drained."
    })
final class Sid implements Runnable {
  /** The help's lines are broken by hand for this width. */
  private static final int WIDTH = 120;

  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show what the libraries log, and stack traces.")
  private boolean debug;

  /** The command line with its way of reporting errors: one or two lines on stderr. */
  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Sid());
    commandLine.setParameterExceptionHandler(Errors::wrongUsage);
    commandLine.setExecutionExceptionHandler(Errors::failed);
    commandLine.setExecutionStrategy(
        parsed -> {
          try {
            return new RunLast().execute(parsed);
          } catch (Error e) {
            // The handler is given exceptions alone, and a worker's other threads would keep the
            // process alive: for example, when a native library does not load.
            return Errors.failed(e, commandLine, parsed);
          }
        });
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setUsageHelpWidth(WIDTH);
    return commandLine;
  }

  /** Whether the command was given {@code --debug}. */
  static boolean debug(CommandLine commandLine) {
    return ((Sid) commandLine.getCommandSpec().root().userObject()).debug;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing.");
  }
}
