package io.semanticids.sid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class SchemaCommandTest {
  @Test
  void printsASchemaThatKnowsTheDataset() throws Exception {
    Cli cli = Cli.run("schema");
    assertThat(cli.exitCode()).isZero();
    JsonNode schema = new ObjectMapper().readTree(cli.out());
    assertThat(schema.path("properties").has("dataset")).isTrue();
  }
}
