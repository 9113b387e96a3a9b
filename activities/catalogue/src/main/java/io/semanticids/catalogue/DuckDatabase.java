package io.semanticids.catalogue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/** A DuckDB in memory that reads files and fetches nothing from anywhere. */
final class DuckDatabase {
  private DuckDatabase() {}

  /**
   * Opens one.
   *
   * @param temporary where it may put what does not fit into memory
   */
  static Connection open(Path temporary) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("jdbc_stream_results", "true");
    Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", settings);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET autoinstall_known_extensions = false");
      statement.execute("SET autoload_known_extensions = false");
      statement.execute("SET preserve_insertion_order = true");
      statement.execute("SET threads = 2");
      statement.execute("SET memory_limit = '1GB'");
      statement.execute("SET temp_directory = " + quoted(temporary.resolve("duckdb").toString()));
    }
    return connection;
  }

  /** A text as a literal of SQL. */
  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A name as an identifier of SQL. */
  static String named(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** A path as the argument of a reader that takes patterns: nothing in it is one. */
  static String file(Path path) {
    return quoted(path.toAbsolutePath().toString().replaceAll("([\\[*?])", "[$1]"));
  }
}
