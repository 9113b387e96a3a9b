package io.semanticids.catalogue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a Parquet file through DuckDB, one row group at a time, in row order. */
final class ParquetReader implements RowReader {
  /** The column of given vectors. */
  static final String EMBEDDING = "embedding";

  private final Map<String, String> schema;
  private final FileProblems problems;
  private final Statement statement;
  private final ResultSet rows;
  private final @Nullable String[] values;
  private final boolean[] nested;
  private final int[] resultOf;
  private final int embeddingResult;
  private final int dimension;
  private long row;
  private boolean ended;

  /**
   * @param vectors whether the column {@value #EMBEDDING} is read
   */
  private ParquetReader(
      Connection database, Path file, List<String> wanted, boolean vectors, FileProblems problems)
      throws SQLException {
    this.problems = problems;
    this.schema = schema(database, file);
    this.values = new String[wanted.size()];
    this.nested = new boolean[wanted.size()];
    this.resultOf = new int[wanted.size()];
    List<String> selected = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      String type = schema.get(wanted.get(i));
      if (type != null) {
        nested[i] = nested(type);
        selected.add(text(wanted.get(i), type));
        resultOf[i] = selected.size();
      }
    }
    String type = vectors ? schema.get(EMBEDDING) : null;
    this.dimension = type == null ? 0 : dimension(database, file);
    if (type != null) {
      selected.add(vector(type));
    }
    this.embeddingResult = type == null ? 0 : selected.size();
    if (selected.isEmpty()) {
      selected.add("1");
    }
    this.statement = database.createStatement();
    try {
      this.rows =
          statement.executeQuery("SELECT " + String.join(", ", selected) + " FROM " + source(file));
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  /**
   * Opens a file.
   *
   * @return null if it cannot be read, which was told
   */
  static @Nullable ParquetReader open(
      Connection database, Path file, List<String> wanted, boolean vectors, FileProblems problems) {
    try {
      return new ParquetReader(database, file, wanted, vectors, problems);
    } catch (SQLException e) {
      problems.add("is not a readable Parquet file: " + fault(e));
      return null;
    }
  }

  /** Whether a file gives vectors: a column {@value #EMBEDDING} that is a list of numbers. */
  static boolean givesVectors(Connection database, Path file) throws SQLException {
    String type = schema(database, file).get(EMBEDDING);
    return type != null
        && type.endsWith("]")
        && element(type).matches("[A-Z]*(INT|FLOAT|DOUBLE|REAL).*|DECIMAL.*");
  }

  private static String source(Path file) {
    return "read_parquet(" + DuckDatabase.file(file) + ", binary_as_string = true)";
  }

  private static Map<String, String> schema(Connection database, Path file) throws SQLException {
    Map<String, String> schema = new LinkedHashMap<>();
    try (Statement statement = database.createStatement();
        ResultSet result = statement.executeQuery("DESCRIBE SELECT * FROM " + source(file))) {
      while (result.next()) {
        schema.put(result.getString(1), result.getString(2));
      }
    }
    return schema;
  }

  private static int dimension(Connection database, Path file) throws SQLException {
    String query =
        "SELECT len(%1$s) FROM %2$s WHERE %1$s IS NOT NULL LIMIT 1"
            .formatted(DuckDatabase.named(EMBEDDING), source(file));
    try (Statement statement = database.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      return result.next() ? result.getInt(1) : 0;
    }
  }

  private static String element(String type) {
    return type.substring(0, type.lastIndexOf('['));
  }

  private static boolean nested(String type) {
    return type.endsWith("]")
        || type.startsWith("STRUCT(")
        || type.startsWith("MAP(")
        || type.equals("BOOLEAN");
  }

  private static String text(String name, String type) {
    String column = DuckDatabase.named(name);
    return nested(type) && !type.equals("BOOLEAN")
        ? "to_json(" + column + ")::VARCHAR"
        : column + "::VARCHAR";
  }

  private static String vector(String type) {
    String element = element(type);
    String column = DuckDatabase.named(EMBEDDING);
    return element.equals("FLOAT") || element.equals("DOUBLE") ? column : column + "::DOUBLE[]";
  }

  @Override
  public boolean next() {
    if (ended) {
      return false;
    }
    try {
      if (!rows.next()) {
        ended = true;
        return false;
      }
      row++;
      for (int i = 0; i < values.length; i++) {
        values[i] = resultOf[i] == 0 ? null : textOf(rows.getString(resultOf[i]), nested[i]);
      }
      return true;
    } catch (SQLException e) {
      problems.add(
          "cannot be read after row %d: %s The rest of this file was not read."
              .formatted(row, fault(e)));
      ended = true;
      return false;
    }
  }

  private static @Nullable String textOf(@Nullable String value, boolean nested) {
    if (value == null) {
      return null;
    }
    return nested ? FlatText.ofJson(value) : value;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public boolean vector(float[] target, int offset) {
    try {
      Array array = (Array) rows.getObject(embeddingResult);
      Object[] elements = array == null ? null : (Object[]) array.getArray();
      if (elements == null) {
        problems.at(place(), "has no embedding.");
        return false;
      }
      if (elements.length != dimension) {
        problems.at(
            place(),
            "has an embedding of %d values, but the rows before it have %d."
                .formatted(elements.length, dimension));
        return false;
      }
      for (int i = 0; i < dimension; i++) {
        if (elements[i] == null) {
          problems.at(place(), "has null as value %d of its embedding.".formatted(i + 1));
          return false;
        }
        target[offset + i] = ((Number) elements[i]).floatValue();
      }
      return true;
    } catch (SQLException e) {
      problems.at(place(), "has an embedding that cannot be read: " + fault(e));
      return false;
    }
  }

  private static String fault(SQLException e) {
    String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
    return message.length() > 200 ? message.substring(0, 200) + "…" : message;
  }

  @Override
  public String place() {
    return "row " + row;
  }

  @Override
  public @Nullable String value(int field) {
    return values[field];
  }

  @Override
  public boolean single(int field) {
    return !nested[field];
  }

  @Override
  public Collection<String> columns() {
    return schema.keySet();
  }

  @Override
  public void close() throws IOException {
    try {
      statement.close();
    } catch (SQLException e) {
      throw new IOException("Closing a Parquet file failed: " + fault(e), e);
    }
  }
}
