package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Temporal's web UI in a real browser: runs are started from its form, with the link and the input
 * that a worker prints, and what it shows of them is what people need.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebUiIT {
  private static final int UNITS = 6;
  private static final int SHARD_ROWS = 512;
  private static final Duration RUN = Duration.ofMinutes(3);

  private Path folder;
  private Path root;
  private Namespace namespace;
  private Program program;
  private LiveWorker cpu;
  private Browser browser;

  @BeforeAll
  void start() throws Exception {
    assumeTrue(Browser.installed().isPresent(), "there is no Chromium: apt-get install chromium");
    assumeTrue(
        System.getenv("SID_UI_URL") != null,
        "there is no web UI: infra/dev/dev.sh start FOLDER starts one");
    namespace = Namespace.create("web-ui");
    folder = Work.folder("web-ui");
    root = folder.resolve("root");
    program = namespace.in(Program.in(folder).brief());
    Work.write(root.resolve("items/a.jsonl"), Inputs.lines(70, Inputs::item));
    Work.write(root.resolve("shards.jsonl"), Inputs.lines(UNITS * SHARD_ROWS - 100, Inputs::item));
    cpu = LiveWorker.start(program, "cpu", "--role", "cpu", "--root", root.toString());
    browser = Browser.open(Browser.installed().orElseThrow());
  }

  @AfterAll
  void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (cpu != null) {
      cpu.close();
    }
    if (namespace != null) {
      namespace.close();
    }
  }

  @Test
  void inputThatIsNoRequest() throws Exception {
    startFromTheForm("mistyped", "{\"datset\": \"items\", \"size\": 8}");
    open("mistyped");
    browser.shows(
        "Failed", "datset: there is no such key; did you mean dataset?", "dataset: is missing");
  }

  @Test
  void fromTheFormToTheResult() throws Exception {
    // What the worker prints, to the letter.
    startFromTheForm("printed", cpu.said("with an input such as: "));
    // With a shard for every 512 rows: embedding becomes a child workflow.
    ObjectNode request =
        (ObjectNode) new ObjectMapper().readTree(cpu.said("with an input such as: "));
    request.put("dataset", root.resolve("shards.jsonl").toString());
    request.put("shardRows", SHARD_ROWS).put("maxTokens", 8).put("levels", 1);
    startFromTheForm("shards", request.toString());

    // Nobody embeds yet, so that both runs wait where they are looked at.
    open("shards");
    browser.shows("Running", "PlanStage • embed: plan");
    tab("shards", "user-metadata");
    browser.shows("embed\n", "1 stages finished");

    try (LiveWorker gpu =
        LiveWorker.start(program, "gpu", "--role", "gpu", "--root", root.toString())) {
      assertThat(gpu.log()).contains("polling semantic-ids-gpu on").doesNotContain("start a run");
      open("printed");
      browser.shows(RUN, "Completed", "balance level 3: assign: unit 1 of 1", "publish: finish");
      // The result's own box: the headline and where everything lies.
      browser.shows("\"headline\"", "\"collisionRate\"", root.toUri() + "runs/printed\"");
      tab("printed", "user-metadata");
      browser.shows("done\n", "70 items: ", "collision rate", "outputs: " + root.toUri());

      open("shards");
      browser.shows(
          RUN,
          "Completed",
          "PlanStage • encode: plan",
          "FinishStage • publish: finish",
          "\nembed\n");
      open("shards%2Fembed");
      browser.shows("Completed", "embed: unit 1 of 6", "embed: unit 6 of 6");
      tab("shards%2Fembed", "user-metadata");
      browser.shows("embed\n", "6 of 6 units done");
      tab("shards", "query");
      browser.shows("Run Query");
      browser.until(
          "[...document.querySelectorAll('input')].some(box => box.value === 'effectiveRequest')"
              + " || document.body.innerHTML.includes('effectiveRequest')");
    }
    browser.picture(folder.resolve("last.png"));
  }

  private void startFromTheForm(String run, String input) throws Exception {
    browser.visit(cpu.said("start a run: "));
    browser.until("document.querySelector('#taskQueue')?.value === 'semantic-ids'");
    browser.until("document.querySelector('#workflowType')?.value === 'BuildSemanticIds'");
    browser.shows("Task Queue is Active");
    browser.click("#workflowId");
    browser.paste(run);
    // The editor may hold the input of the run before.
    browser.click(".cm-content");
    browser.selectAll();
    browser.paste(input);
    // Left, the editor formats what is in it, and all below moves.
    browser.click("h1");
    browser.until("document.querySelector('.cm-content').innerText.includes('\\n  \"')");
    browser.click("[data-testid=start-workflow-button]");
    browser.shows("Workflow started successfully");
  }

  private void open(String run) throws Exception {
    browser.visit(
        "%s/namespaces/%s/workflows/%s"
            .formatted(System.getenv("SID_UI_URL"), namespace.name(), run));
    browser.until("location.pathname.endsWith('/timeline')");
    browser.shows("Timeline", "Queries");
  }

  private void tab(String run, String tab) throws Exception {
    open(run);
    browser.visit(browser.value("location.href").asText().replaceFirst("/timeline.*", "/" + tab));
  }
}
