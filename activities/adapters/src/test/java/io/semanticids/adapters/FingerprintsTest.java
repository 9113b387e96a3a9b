package io.semanticids.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.BalanceSettings;
import io.semanticids.workflows.activity.Columns;
import io.semanticids.workflows.activity.Stage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The formula of activities/docs/stages.md, written out. */
class FingerprintsTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);

  private static String sha256(String text) throws NoSuchAlgorithmException {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Only normalized vectors are said to be (or not): artifacts from before that setting stay. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"false | ''", "true | ',\"normalize\":true'"})
  void nameSettingsVersionAndDeviceClass(boolean normalize, String said)
      throws NoSuchAlgorithmException {
    Stage stage =
        new Stage.Prepare(
            A,
            null,
            new Columns("id", List.of("title", "text"), "\n", null, List.of("text")),
            normalize);
    String canonical =
        "{\"deviceClass\":\"\",\"settings\":{\"columns\":{\"group\":null,\"id\":\"id\",\"optional\":[\"text\"],"
            + "\"separator\":\"\\n\",\"text\":[\"title\",\"text\"]},\"dataset\":\""
            + A
            + "\""
            + said
            + ",\"stage\":\"prepare\",\"test\":null},\"stage\":\"prepare\",\"version\":1}";
    assertThat(Fingerprints.of(stage, 1, "")).isEqualTo(sha256(canonical));
  }

  @Test
  void inputsByTheirOwnFingerprintsAndNumbersAsJacksonWritesThem() throws NoSuchAlgorithmException {
    Artifact items = new Artifact("prepare", A);
    Artifact fit = new Artifact("fit-level", B);
    Stage stage =
        new Stage.Group(
            items, items, List.of(), fit, new BalanceSettings(2.0E-3, 30, 8_192, true), 1, true);
    String canonical =
        ("{\"deviceClass\":\"cpu\",\"settings\":{\"balance\":{\"batch\":8192,\"iterations\":30,\"refit\":true,"
                + "\"tau\":0.002},\"codewords\":{\"fingerprint\":\"%s\",\"stage\":\"fit-level\"},"
                + "\"items\":{\"fingerprint\":\"%s\",\"stage\":\"prepare\"},\"last\":true,\"previous\":[],\"round\":1,"
                + "\"stage\":\"group\",\"vectors\":{\"fingerprint\":\"%s\",\"stage\":\"prepare\"}},"
                + "\"stage\":\"group\",\"version\":2}")
            .formatted(B, A, A);
    assertThat(Fingerprints.of(stage, 2, "cpu")).isEqualTo(sha256(canonical));
  }

  @Test
  void everythingCounts() {
    Artifact items = new Artifact("prepare", A);
    Stage stage = new Stage.Fit(items, items, List.of(), 1, 8, 1);
    assertThat(
            List.of(
                Fingerprints.of(stage, 1, "cpu"),
                Fingerprints.of(stage, 2, "cpu"),
                Fingerprints.of(stage, 1, "gpu"),
                Fingerprints.of(new Stage.Fit(items, items, List.of(), 2, 8, 1), 1, "cpu"),
                Fingerprints.of(new Stage.Fit(items, items, List.of(), 1, 9, 1), 1, "cpu"),
                Fingerprints.of(new Stage.Fit(items, items, List.of(), 1, 8, 2), 1, "cpu"),
                Fingerprints.of(
                    new Stage.Fit(items, new Artifact("embed", B), List.of(), 1, 8, 1), 1, "cpu")))
        .doesNotHaveDuplicates();
  }
}
