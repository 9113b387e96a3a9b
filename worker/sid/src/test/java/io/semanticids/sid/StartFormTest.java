package io.semanticids.sid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.semanticids.workflows.request.BuildRequest;
import io.semanticids.workflows.request.RequestReader;
import org.junit.jupiter.api.Test;

class StartFormTest {
  @Test
  void linkFillsQueueAndType() {
    assertThat(new StartForm("http://127.0.0.1:8233/", "default", "s3://catalogue").link())
        .isEqualTo(
            "http://127.0.0.1:8233/namespaces/default/workflows/start-workflow"
                + "?taskQueue=semantic-ids&workflowType=BuildSemanticIds");
  }

  @Test
  void unknownAddressOfTheUi() {
    assertThat(new StartForm(null, "team.a1", "s3://catalogue").link())
        .startsWith("<web UI>/namespaces/team.a1/workflows/start-workflow?taskQueue=");
    assertThat(new StartForm(" ", "default", "s3://catalogue").link()).startsWith("<web UI>/");
  }

  @Test
  void inputIsARequest() throws Exception {
    String input = new StartForm(null, "default", "/data/\"odd\" folder").input();
    BuildRequest request = RequestReader.read(new ObjectMapper().readTree(input));
    assertThat(request.dataset()).isEqualTo("/data/\"odd\" folder/items/");
    assertThat(new StartForm(null, "default", "s3://catalogue/").input())
        .isEqualTo("{\"dataset\": \"s3://catalogue/items/\", \"size\": 64, \"uniform\": true}");
  }
}
