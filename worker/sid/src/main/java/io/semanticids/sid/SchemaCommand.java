package io.semanticids.sid;

import io.semanticids.workflows.request.RequestSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the JSON schema of the request. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the request's JSON schema: every key with its meaning, type and default.",
      "Editors that know JSON schemas complete and check a request file with it.%n"
    },
    footer = {"", "Example:", "  sid schema > request.schema.json"})
final class SchemaCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().println(RequestSchema.text());
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }
}
