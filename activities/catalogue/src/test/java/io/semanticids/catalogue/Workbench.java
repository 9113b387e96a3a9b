package io.semanticids.catalogue;

import io.semanticids.store.Location;
import io.semanticids.store.StoreSettings;
import io.semanticids.store.Stores;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A folder with catalogues, and readers for it. */
final class Workbench {
  static final CatalogueFields DEFAULTS =
      new CatalogueFields(
          "id", List.of("title", "description"), "\n", null, Set.of("id", "title", "description"));

  private final Path folder;
  private final Catalogues catalogues;

  /**
   * @param roots further folders that may be read
   */
  Workbench(Path folder, Path... roots) {
    this.folder = folder.resolve("data");
    List<Location> allowed = new ArrayList<>(List.of(Location.parse(folder.toString())));
    for (Path root : roots) {
      allowed.add(Location.parse(root.toString()));
    }
    StoreSettings settings = new StoreSettings(allowed, folder.resolve("cache"), 0);
    this.catalogues = new Catalogues(Stores.open(settings), folder.resolve("temporary"));
  }

  static CatalogueFields named(String id, @Nullable String group, String... text) {
    return new CatalogueFields(id, List.of(text), " | ", group, Set.of());
  }

  Catalogues catalogues() {
    return catalogues;
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  Location at(String name) {
    return Location.parse(path(name).toString());
  }

  /** Writes a file; one whose name ends in .gz is compressed. */
  Workbench file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  Workbench file(String name, byte[] content) {
    try {
      Files.createDirectories(path(name).getParent());
      try (OutputStream plain = Files.newOutputStream(path(name));
          OutputStream output = name.endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
        output.write(content);
      }
      return this;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Writes the result of a query. */
  Workbench parquet(String name, String query) {
    try (Connection database = DuckDatabase.open(folder);
        Statement statement = database.createStatement()) {
      Files.createDirectories(path(name).getParent());
      statement.execute(
          "COPY (%s) TO %s (FORMAT parquet, ROW_GROUP_SIZE 2048)"
              .formatted(query, DuckDatabase.quoted(path(name).toString())));
      return this;
    } catch (SQLException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Writes a float32 matrix. */
  Workbench npy(String name, int dimension, float... values) {
    ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(values.length / dimension, dimension);
    return file(name, npy(1, header, data.array()));
  }

  /** The bytes of a {@code .npy} file. */
  static byte[] npy(int version, String header, byte[] data) {
    String line = header + " ".repeat(10) + "\n";
    byte[] text =
        line.getBytes(version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    ByteBuffer file =
        ByteBuffer.allocate(12 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    file.put((byte) version).put((byte) 0);
    if (version == 1) {
      file.putShort((short) text.length);
    } else {
      file.putInt(text.length);
    }
    file.put(text).put(data);
    byte[] bytes = new byte[file.position()];
    file.flip().get(bytes);
    return bytes;
  }

  Rows read(String dataset) {
    return read(dataset, DEFAULTS);
  }

  Rows read(String dataset, CatalogueFields fields) {
    Rows rows = new Rows();
    prepare(dataset, null, fields, 4, rows);
    return rows;
  }

  Prepared prepare(
      String dataset, @Nullable String test, CatalogueFields fields, int shardRows, Rows rows) {
    return catalogues.prepare(
        at(dataset), test == null ? null : at(test), fields, shardRows, rows, n -> {});
  }

  Prepared prepare(String dataset, CatalogueFields fields) {
    return prepare(dataset, null, fields, 4, new Rows());
  }

  /** The problems that a catalogue is refused for. */
  CatalogueException refused(String dataset, CatalogueFields fields) {
    return refused(dataset, null, fields);
  }

  CatalogueException refused(String dataset, @Nullable String test, CatalogueFields fields) {
    try {
      prepare(dataset, test, fields, 4, new Rows());
    } catch (CatalogueException e) {
      return e;
    }
    throw new AssertionError("Nothing was found wrong with " + dataset + ".");
  }
}
