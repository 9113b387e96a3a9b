package io.semanticids.sid.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real Chromium without a window, and one page in it, driven over its debugging protocol: what a
 * person does with mouse and keyboard, and what stands on the page then.
 */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Process process;
  private final Path profile;
  private final Messages messages;
  private final WebSocket socket;
  private final AtomicInteger numbers = new AtomicInteger();
  private final String session;

  private Browser(Process process, Path profile) throws Exception {
    this.process = process;
    this.profile = profile;
    this.messages = new Messages();
    List<String> port = devToolsPort(process, profile.resolve("DevToolsActivePort"));
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + port.get(0) + port.get(1)), messages)
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    String page =
        call("", "Target.createTarget", Map.of("url", "about:blank")).path("targetId").asText();
    this.session =
        call("", "Target.attachToTarget", Map.of("targetId", page, "flatten", true))
            .path("sessionId")
            .asText();
  }

  /** Where Chromium is on this machine. */
  static Optional<Path> installed() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A browser without a window that runs no errands of its own; more options may be added. */
  static List<String> headless(Path chromium) {
    return new ArrayList<>(
        List.of(
            chromium.toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-extensions"));
  }

  /** Opens a browser with a fresh profile and one empty page. */
  static Browser open(Path chromium) throws Exception {
    Path profile = Files.createTempDirectory("chromium-");
    List<String> command = headless(chromium);
    command.addAll(
        List.of(
            "--window-size=1400,1800", "--remote-debugging-port=0", "--user-data-dir=" + profile));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new Browser(process, profile);
  }

  /** The port and the path of the browser's socket, which it writes down when it listens. */
  private static List<String> devToolsPort(Process process, Path file) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      if (Files.exists(file) && Files.readAllLines(file).size() == 2) {
        return Files.readAllLines(file);
      }
      Thread.sleep(50);
    }
    throw new AssertionError("Chromium does not listen: " + file);
  }

  /** Goes to an address. */
  void visit(String url) throws Exception {
    call(session, "Page.navigate", Map.of("url", url));
  }

  /** The value of an expression in the page. */
  JsonNode value(String expression) throws Exception {
    JsonNode answer =
        call(
            session,
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  /** What a person can read on the page, its frames included. */
  String text() throws Exception {
    return value(
            """
            [document, ...[...document.querySelectorAll('iframe')].map(frame => frame.contentDocument)]
              .map(page => page?.body?.innerText ?? '').join('\\n')
            """)
        .asText();
  }

  /** Waits until the page shows all of these. */
  String shows(String... words) throws Exception {
    return shows(PATIENCE, words);
  }

  /** The same, for what takes longer. */
  String shows(Duration patience, String... words) throws Exception {
    long deadline = System.nanoTime() + patience.toNanos();
    String text = text();
    while (!Stream.of(words).allMatch(text::contains)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("The page does not show %s: %n%s".formatted(List.of(words), text));
      }
      Thread.sleep(200);
      text = text();
    }
    return text;
  }

  /** Waits until an expression holds in the page. */
  void until(String condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!value("Boolean(" + condition + ")").asBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("It has not come about: %s%n%s".formatted(condition, text()));
      }
      Thread.sleep(100);
    }
  }

  /** Clicks into the middle of an element. */
  void click(String selector) throws Exception {
    until("document.querySelector(`" + selector + "`)");
    JsonNode at =
        value(
            """
            (() => {
              const element = document.querySelector(`%s`);
              element.scrollIntoView({block: 'center', behavior: 'instant'});
              const box = element.getBoundingClientRect();
              return {x: box.x + box.width / 2, y: box.y + box.height / 2};
            })()
            """
                .formatted(selector));
    for (String type : List.of("mousePressed", "mouseReleased")) {
      call(
          session,
          "Input.dispatchMouseEvent",
          Map.of(
              "type",
              type,
              "x",
              at.path("x").asDouble(),
              "y",
              at.path("y").asDouble(),
              "button",
              "left",
              "clickCount",
              1));
    }
  }

  /** Marks all of the field that was clicked, so that what is pasted next takes its place. */
  void selectAll() throws Exception {
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          session,
          "Input.dispatchKeyEvent",
          Map.of(
              "type",
              type,
              "modifiers",
              2,
              "key",
              "a",
              "code",
              "KeyA",
              "windowsVirtualKeyCode",
              65,
              "commands",
              List.of("selectAll")));
    }
  }

  /** Puts text where the cursor is, as from the clipboard. */
  void paste(String text) throws Exception {
    call(session, "Input.insertText", Map.of("text", text));
  }

  /** Keeps a picture of the page. */
  void picture(Path file) throws Exception {
    String data =
        call(session, "Page.captureScreenshot", Map.of("format", "png")).path("data").asText();
    Files.write(file, Base64.getDecoder().decode(data));
  }

  private JsonNode call(String inSession, String method, Map<String, Object> parameters)
      throws Exception {
    int number = numbers.incrementAndGet();
    ObjectNode message = JSON.createObjectNode().put("id", number).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    if (!inSession.isEmpty()) {
      message.put("sessionId", inSession);
    }
    CompletableFuture<JsonNode> answer = messages.awaiting(number);
    socket.sendText(message.toString(), true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    JsonNode answered = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (answered.has("error")) {
      throw new AssertionError(method + ": " + answered.path("error"));
    }
    return answered.path("result");
  }

  @Override
  public void close() throws IOException {
    // Its child processes write into the profile until they have ended, some of them after it.
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    process.onExit().join();
    children.forEach(ProcessHandle::destroyForcibly);
    CompletableFuture.allOf(
            children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, 10, TimeUnit.SECONDS)
        .join();
    Work.delete(profile);
  }

  /** Brings answers to the calls that wait for them. */
  private static final class Messages implements WebSocket.Listener {
    private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
    private final StringBuilder text = new StringBuilder();

    CompletableFuture<JsonNode> awaiting(int number) {
      CompletableFuture<JsonNode> answer = new CompletableFuture<>();
      open.put(number, answer);
      return answer;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        try {
          JsonNode message = JSON.readTree(text.toString());
          CompletableFuture<JsonNode> answer = open.remove(message.path("id").asInt(-1));
          if (answer != null) {
            answer.complete(message);
          }
        } catch (IOException e) {
          open.values().forEach(waiting -> waiting.completeExceptionally(e));
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
