package io.semanticids.publish;

import io.semanticids.evaluate.Report;
import java.io.IOException;

/**
 * {@code report.json}: the fields of {@link Report}, in its order. The same figures give the same
 * bytes.
 */
public final class ReportJson {
  /** The object's name in a run's folder. */
  public static final String NAME = "report.json";

  private ReportJson() {}

  /** The file's content. */
  public static byte[] write(Report report) {
    return Json.pretty(report);
  }

  /** Reads what {@link #write} wrote; fields that a later version adds are passed over. */
  public static Report read(byte[] content) throws IOException {
    return Json.MAPPER.readValue(content, Report.class);
  }
}
