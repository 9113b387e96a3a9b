package io.semanticids.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * One Parquet file of items: {@code id} string, {@code split} string, {@code codes} list of int32,
 * {@code semantic_id} string; zstd. Rows wait in an in-memory database until the file is closed:
 * about 150 bytes a row.
 *
 * <p>One thread writes and keeps the order, so the same rows give the same bytes.
 */
final class ParquetPart implements IdSink {
  private final Path file;
  private final DuckDBConnection connection;
  private final DuckDBAppender appender;

  ParquetPart(Path file) throws IOException {
    this.file = file;
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
      execute("SET threads = 1");
      execute(
          "CREATE TABLE items (id VARCHAR, split VARCHAR, codes INTEGER[], semantic_id VARCHAR)");
      appender = connection.createAppender("items");
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  Path file() {
    return file;
  }

  @Override
  public void write(CodeBlock block, int from, int to) throws IOException {
    try {
      for (int item = from; item < to; item++) {
        int[] path = block.path(item);
        appender
            .beginRow()
            .append(block.ids().get(item))
            .append(block.split())
            .append(path)
            .append(SemanticId.of(path))
            .endRow();
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public void finish() throws IOException {
    try {
      appender.flush();
      execute(
          "COPY items TO '%s' (FORMAT parquet, COMPRESSION zstd)"
              .formatted(file.toString().replace("'", "''")));
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      appender.close();
      connection.close();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private IOException failure(SQLException cause) {
    return new IOException("Cannot write " + file + ": " + cause.getMessage(), cause);
  }
}
