package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** report.html in a real browser: nothing goes wrong in it and nothing is asked of a network. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportPageIT {
  private Path folder;
  private Path chromium;

  /** What a page made the browser do. */
  private record Visit(String document, List<String> console, List<String> requests) {}

  @BeforeAll
  void browser() {
    Optional<Path> found = Browser.installed();
    assumeTrue(found.isPresent(), "there is no Chromium: apt-get install chromium");
    chromium = found.orElseThrow();
    folder = Work.folder("report-page");
    Program.in(folder)
        .brief()
        .run("sample", "--items", "400", "--output", "items.jsonl")
        .succeeded();
  }

  @Test
  void isOnePageWithoutErrors() throws Exception {
    Published run =
        Published.of(
            Program.in(folder)
                .brief()
                .run(
                    "run",
                    "items.jsonl",
                    "--output",
                    "out",
                    "--set",
                    "size=9,6,4",
                    "--set",
                    "uniform=true",
                    "--set",
                    "maxTokens=16",
                    "--set",
                    "group=group"));
    Visit visit = visit(run.folder().resolve("report.html"));
    assertThat(visit.console()).isEmpty();
    assertThat(visit.requests()).isEmpty();
    assertThat(visit.document())
        .contains(run.folder().getFileName().toString())
        .doesNotContain("NaN")
        .doesNotContain("undefined");
    // The fullest collision stands in it with its texts.
    assertThat(visit.document()).contains("<td>400</td>").contains("&lt;a_");
  }

  @Test
  void unbalanced() throws Exception {
    Published run =
        Published.of(
            Program.in(folder)
                .brief()
                .run(
                    "run",
                    "items.jsonl",
                    "--output",
                    "out",
                    "--set",
                    "size=5",
                    "--set",
                    "maxTokens=16"));
    Visit visit = visit(run.folder().resolve("report.html"));
    assertThat(visit.console()).isEmpty();
    assertThat(visit.requests()).isEmpty();
    assertThat(visit.document()).doesNotContain("NaN");
  }

  /** The two checks above would notice. */
  @Test
  void badPageIsNoticed() throws Exception {
    Path page =
        Work.write(
            folder.resolve("bad.html"),
            """
            <!DOCTYPE html><title>bad</title><img src="http://example.invalid/x.png">
            <script>console.error("seen"); nothing.here();</script>
            """);
    Visit visit = visit(page);
    assertThat(visit.console()).anyMatch(line -> line.contains("seen"));
    assertThat(visit.console()).anyMatch(line -> line.contains("nothing is not defined"));
    assertThat(visit.requests()).anyMatch(url -> url.contains("example.invalid"));
  }

  private Visit visit(Path page) throws IOException, InterruptedException {
    Path profile = Files.createTempDirectory("chromium-");
    Path log = profile.resolve("network.json");
    Path out = profile.resolve("document.html");
    Path err = profile.resolve("stderr");
    List<String> command = Browser.headless(chromium);
    command.addAll(
        List.of(
            "--enable-logging=stderr",
            "--virtual-time-budget=5000",
            "--user-data-dir=" + profile.resolve("profile"),
            "--log-net-log=" + log,
            "--dump-dom",
            page.toUri().toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("Chromium has ended").isTrue();
    assertThat(process.exitValue()).as(Files.readString(err)).isZero();
    Visit visit =
        new Visit(
            // What is shown: programs and styles may speak of NaN.
            Files.readString(out).replaceAll("(?s)<(script|style)[^>]*>.*?</\\1>", ""),
            Files.readAllLines(err).stream().filter(line -> line.contains("CONSOLE")).toList(),
            requests(log));
    Work.delete(profile);
    return visit;
  }

  /** Every address that the page asked for; the browser's own errands have no page behind them. */
  private static List<String> requests(Path log) throws IOException {
    JsonNode network = new ObjectMapper().readTree(log.toFile());
    int started = network.at("/constants/logEventTypes/URL_REQUEST_START_JOB").asInt(-1);
    assertThat(started).isNotNegative();
    List<String> requests = new ArrayList<>();
    for (JsonNode event : network.path("events")) {
      String initiator = event.at("/params/initiator").asText("not an origin");
      if (event.path("type").asInt() == started && !initiator.equals("not an origin")) {
        requests.add(event.at("/params/url").asText());
      }
    }
    return requests;
  }
}
