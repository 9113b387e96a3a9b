package io.semanticids.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.CostScale;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A codebook as a folder: {@code codebook.json}, {@code centroids-1.npy}, {@code potentials-1.npy},
 * … with levels from 1.
 */
public final class CodebookFolder {
  private CodebookFolder() {}

  /** Opens a file of the folder by its name. */
  @FunctionalInterface
  public interface Source {
    InputStream open(String name) throws IOException;
  }

  /**
   * Writes a codebook into an existing folder.
   *
   * @return the names of the files, {@code codebook.json} last
   */
  public static List<String> write(Codebook codebook, Path folder) throws IOException {
    CodebookFile file = CodebookFile.of(codebook);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < codebook.levels().size(); i++) {
      Codebook.Level level = codebook.levels().get(i);
      CodebookFile.LevelFile files = file.levels().get(i);
      Codewords codewords = level.codewords();
      Npy.write(
          folder.resolve(files.centroids()),
          codewords.values(),
          codewords.size(),
          codewords.dimension());
      names.add(files.centroids());
      Codebook.Potentials potentials = level.potentials();
      String name = files.potentials();
      if (potentials != null && name != null) {
        Npy.write(
            folder.resolve(name), potentials.values(), potentials.prefixes(), codewords.size());
        names.add(name);
      }
    }
    Files.write(folder.resolve(CodebookFile.NAME), Json.pretty(file));
    names.add(CodebookFile.NAME);
    return List.copyOf(names);
  }

  /** Reads a codebook from a local folder; see {@link #read(Source, String)}. */
  public static Codebook read(Path folder) throws IOException {
    return read(name -> Files.newInputStream(folder.resolve(name)), folder.toString());
  }

  /**
   * Reads a codebook.
   *
   * @param source opens the folder's files, wherever they are
   * @param place named in messages
   * @throws CodebookException if it is none, is of a later version, or its files do not fit each
   *     other
   */
  public static Codebook read(Source source, String place) throws IOException {
    CodebookFile file;
    try (InputStream in = source.open(CodebookFile.NAME)) {
      file = Json.MAPPER.readValue(in, CodebookFile.class);
    } catch (NoSuchFileException e) {
      throw new CodebookException(
          "%s is no codebook: it has no codebook.json. Take the codebook folder of a finished run."
              .formatted(place),
          e);
    } catch (JsonProcessingException e) {
      throw new CodebookException(
          "%s/codebook.json cannot be read (%s). Take the codebook folder of a finished run."
              .formatted(place, e.getOriginalMessage()),
          e);
    }
    requireFormat(file, place);
    List<Codebook.Level> levels = new ArrayList<>();
    for (CodebookFile.LevelFile level : file.levels()) {
      levels.add(level(source, level, file.dimension()));
    }
    try {
      int beam = file.beam() == null ? 1 : file.beam();
      boolean normalize = Boolean.TRUE.equals(file.normalize());
      return new Codebook(
          file.model(), file.text(), normalize, file.scope(), file.seed(), beam, levels);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new CodebookException("%s: %s".formatted(place, e.getMessage()), e);
    }
  }

  private static Codebook.Level level(Source source, CodebookFile.LevelFile level, int dimension)
      throws IOException {
    if (level.size() < 1 || dimension < 1) {
      throw new CodebookException(
          "A level of the codebook has size %d and dimension %d; both must be positive."
              .formatted(level.size(), dimension));
    }
    float[] centroids;
    try (InputStream in = source.open(plain(level.centroids()))) {
      centroids = Npy.readFloats(in, level.centroids(), level.size(), dimension);
    }
    return new Codebook.Level(
        new Codewords(centroids, level.size(), dimension), potentials(source, level));
  }

  private static Codebook.@Nullable Potentials potentials(
      Source source, CodebookFile.LevelFile level) throws IOException {
    String name = level.potentials();
    Integer prefixes = level.prefixes();
    Double factor = level.costFactor();
    if (name == null) {
      return null;
    }
    if (prefixes == null || prefixes < 1 || factor == null || !(factor > 0)) {
      throw new CodebookException(
          "The codebook's %s needs prefixes (%s) and costFactor (%s) above 0 in codebook.json."
              .formatted(name, prefixes, factor));
    }
    try (InputStream in = source.open(plain(name))) {
      int[] values = Npy.readInts(in, name, prefixes, level.size());
      return new Codebook.Potentials(values, prefixes, new CostScale(factor));
    }
  }

  /** A codebook names its own files only, never a path out of its folder. */
  private static String plain(@Nullable String name) {
    if (name == null || !name.matches("[A-Za-z0-9_-]+\\.npy")) {
      throw new CodebookException(
          "The codebook names the file '%s'; plain names of .npy files are allowed."
              .formatted(name));
    }
    return name;
  }

  private static void requireFormat(CodebookFile file, String place) {
    if (!CodebookFile.FORMAT.equals(file.format()) || file.levels() == null) {
      throw new CodebookException(
          "%s/codebook.json says format '%s', not '%s'. Take the codebook folder of a finished run."
              .formatted(place, file.format(), CodebookFile.FORMAT));
    }
    if (file.version() != CodebookFile.VERSION) {
      throw new CodebookException(
          "%s/codebook.json is of version %d; this program reads version %d. Use the program that wrote it."
              .formatted(place, file.version(), CodebookFile.VERSION));
    }
  }
}
