package io.semanticids.sid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.workflows.request.BuildRequest;
import io.semanticids.workflows.request.RequestReader;
import io.semanticids.workflows.request.RunName;
import io.semanticids.workflows.request.SweepReader;
import io.semanticids.workflows.request.SweepRequest;
import org.jspecify.annotations.Nullable;

/** Checks a request that goes to a server: what can be said without looking at any data. */
final class ServerRequest {
  private ServerRequest() {}

  /**
   * Checks the request whole.
   *
   * @return the run's name
   * @throws io.semanticids.workflows.request.InvalidRequestException with all problems
   */
  static String check(ObjectNode request, @Nullable String name) {
    BuildRequest effective = RequestReader.read(request);
    return (name == null ? RunName.of(effective) : new RunName(name)).value();
  }

  /** The same of a sweep. */
  static String checkSweep(ObjectNode request, @Nullable String name) {
    SweepRequest sweep = SweepReader.read(request);
    return (name == null ? SweepReader.name(sweep) : new RunName(name)).value();
  }
}
