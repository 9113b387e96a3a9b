package io.semanticids.sid.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.client.WorkflowClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that the server has written down of a run and its children.
 *
 * @param events by workflow id, as the server's JSON
 */
record Histories(Map<String, JsonNode> events) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * An activity.
   *
   * @param name its summary, for people
   * @param attempts how often it was started
   * @param started the last time
   * @param identity of the worker that did it
   * @param lastFailure of the attempt before the last; empty without one
   * @param computed units that the last attempt computed; what it found committed is not among them
   */
  record Task(
      String name,
      int attempts,
      Instant started,
      String identity,
      String lastFailure,
      int computed) {
    boolean retried() {
      return attempts > 1;
    }
  }

  static Histories of(WorkflowClient client, String run) {
    Map<String, JsonNode> events = new TreeMap<>();
    read(client, run, events);
    return new Histories(events);
  }

  private static void read(WorkflowClient client, String id, Map<String, JsonNode> into) {
    JsonNode history = json(client.fetchHistory(id).toJson(false));
    into.put(id, history.path("events"));
    for (JsonNode event : history.path("events")) {
      String child =
          event
              .path("childWorkflowExecutionStartedEventAttributes")
              .path("workflowExecution")
              .path("workflowId")
              .asText();
      if (!child.isEmpty()) {
        read(client, child, into);
      }
    }
  }

  /** Activities that have ended. */
  List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (JsonNode history : events.values()) {
      Map<String, JsonNode> scheduled = new HashMap<>();
      Map<String, JsonNode> started = new HashMap<>();
      for (JsonNode event : history) {
        scheduled.put(event.path("eventId").asText(), event);
        JsonNode start = event.path("activityTaskStartedEventAttributes");
        if (!start.isMissingNode()) {
          started.put(start.path("scheduledEventId").asText(), event);
        }
        JsonNode end = event.path("activityTaskCompletedEventAttributes");
        if (!end.isMissingNode()) {
          String of = end.path("scheduledEventId").asText();
          tasks.add(task(scheduled.get(of), started.get(of), end));
        }
      }
    }
    return tasks;
  }

  private static Task task(JsonNode scheduled, JsonNode event, JsonNode completed) {
    JsonNode started = event.path("activityTaskStartedEventAttributes");
    return new Task(
        decoded(scheduled.path("userMetadata").path("summary").path("data").asText()),
        started.path("attempt").asInt(),
        Instant.parse(event.path("eventTime").asText()),
        started.path("identity").asText(),
        started.path("lastFailure").path("message").asText(),
        json(decoded(completed.at("/result/payloads/0/data").asText())).path("computed").asInt());
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** When something was first written down after a moment. */
  Instant firstAfter(Instant moment) {
    Instant first = Instant.MAX;
    for (JsonNode history : events.values()) {
      for (JsonNode event : history) {
        Instant time = Instant.parse(event.path("eventTime").asText());
        if (time.isAfter(moment) && time.isBefore(first)) {
          first = time;
        }
      }
    }
    return first;
  }

  /** Everything as text, payloads decoded: to search in. */
  String text() {
    StringBuilder text = new StringBuilder();
    events.values().forEach(history -> text(history, text));
    return text.toString();
  }

  private static void text(JsonNode node, StringBuilder to) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        to.append(field.getKey()).append('=');
        if (field.getKey().equals("data") && field.getValue().isTextual()) {
          to.append(decoded(field.getValue().asText())).append('\n');
        } else {
          text(field.getValue(), to);
        }
      }
    } else if (node.isArray()) {
      node.forEach(element -> text(element, to));
    } else {
      to.append(node.asText()).append('\n');
    }
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
