package io.semanticids.sid;

import com.fasterxml.jackson.databind.node.TextNode;
import io.semanticids.workflows.TaskQueues;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How a run is started from Temporal's web UI: a link that fills the form's task queue and workflow
 * type, and an input to paste.
 *
 * @param ui where the UI answers; null where nobody has said it
 * @param root the worker's first root; the input names a catalogue below it
 */
record StartForm(@Nullable String ui, String namespace, String root) {
  private static final String TYPE = "BuildSemanticIds";

  /** Two lines for the log. */
  String text() {
    return """
        sid worker: start a run: %s
        sid worker: with an input such as: %s
        """
        .formatted(link(), input());
  }

  /** The form's address; from {@code /namespaces} on where the UI's is not known. */
  String link() {
    return "%s/namespaces/%s/workflows/start-workflow?taskQueue=%s&workflowType=%s"
        .formatted(
            ui == null || ui.isBlank() ? "<web UI>" : ui.strip().replaceAll("/+$", ""),
            URLEncoder.encode(namespace, StandardCharsets.UTF_8),
            TaskQueues.CPU,
            TYPE);
  }

  String input() {
    String below = root.endsWith("/") ? root : root + "/";
    return "{\"dataset\": %s, \"size\": 64, \"uniform\": true}"
        .formatted(TextNode.valueOf(below + "items/"));
  }
}
