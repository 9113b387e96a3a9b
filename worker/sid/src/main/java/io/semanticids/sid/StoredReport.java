package io.semanticids.sid;

import io.semanticids.evaluate.Report;
import io.semanticids.publish.ReportJson;
import io.semanticids.store.Location;
import io.semanticids.store.StoreSettings;
import io.semanticids.store.Stores;
import java.io.IOException;
import java.util.List;

/**
 * A run's report.json as it lies in the run's folder.
 *
 * @param at the object
 * @param content its bytes
 */
record StoredReport(Location at, byte[] content) {
  /**
   * Reads the report of a run.
   *
   * @param folderOrFile the run's folder, or report.json itself
   */
  static StoredReport read(Location folderOrFile) {
    Location at =
        folderOrFile.name().equals(ReportJson.NAME)
            ? folderOrFile
            : folderOrFile.resolve(ReportJson.NAME);
    try (Stores stores = Stores.open(new StoreSettings(List.of(at), Caches.folder(), 0))) {
      return new StoredReport(at, stores.read(at));
    }
  }

  Report report() {
    try {
      return ReportJson.read(content);
    } catch (IOException e) {
      throw new SidException(
          ExitCode.FAILED,
          "%s is not a report of this program: %s%nTake the folder of a finished run."
              .formatted(at, e.getMessage()),
          e);
    }
  }
}
