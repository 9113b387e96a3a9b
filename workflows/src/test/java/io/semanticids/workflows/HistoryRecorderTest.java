package io.semanticids.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Records histories, where asked: {@code docs/histories.md}. */
@EnabledIfSystemProperty(named = HistoryRecorderTest.VERSION, matches = "[A-Za-z0-9.]+")
class HistoryRecorderTest {
  /** Names the folder below {@code src/test/resources/histories}. */
  static final String VERSION = "sid.histories.record";

  @Test
  void record() throws IOException {
    Path folder = Path.of("src/test/resources/histories", System.getProperty(VERSION));
    assertThat(folder)
        .as("histories that were released are never changed: record under another version")
        .doesNotExist();
    Map<String, String> histories = Histories.record();

    Files.createDirectories(folder);
    for (Map.Entry<String, String> history : histories.entrySet()) {
      Files.writeString(folder.resolve(history.getKey() + ".json"), history.getValue());
    }
  }
}
