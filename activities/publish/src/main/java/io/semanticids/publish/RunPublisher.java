package io.semanticids.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a run: every object of its folder that is a function of data and request. Timings and
 * the manifest, which comes last, are its caller's.
 */
public final class RunPublisher {
  private RunPublisher() {}

  /**
   * What a run leaves behind.
   *
   * @param items all items in row order, training items first; read once
   * @param count how many they are
   * @param codebook what new items are encoded with
   * @param before the unbalanced codebook; null when nothing was balanced, so that it is the
   *     codebook
   */
  public record Run(
      Iterator<CodeBlock> items,
      long count,
      Codebook codebook,
      @Nullable Codebook before,
      ReportPage page) {}

  /**
   * Puts everything but timings and manifest; again if it was interrupted.
   *
   * @param temporary an existing folder that holds one file at a time; the caller deletes it
   */
  public static void put(Run run, RunFolder folder, Path temporary) throws IOException {
    SemanticIdFiles.write(
        run.items(), run.count(), temporary, (name, file) -> move(folder, name, file));
    codebook(run.codebook(), folder, "codebook/", temporary);
    Codebook before = run.before();
    if (before != null) {
      codebook(before, folder, "codebook/before/", temporary);
    }
    folder.put(ReportJson.NAME, ReportJson.write(run.page().report()));
    folder.put(ReportPage.NAME, run.page().html());
  }

  private static void codebook(Codebook codebook, RunFolder folder, String place, Path temporary)
      throws IOException {
    Path local = Files.createTempDirectory(temporary, "codebook");
    List<String> names = CodebookFolder.write(codebook, local);
    for (String name : names) {
      move(folder, place + name, local.resolve(name));
    }
    Files.delete(local);
  }

  private static void move(RunFolder folder, String name, Path file) throws IOException {
    folder.put(name, file);
    Files.delete(file);
  }
}
