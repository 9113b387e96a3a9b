package io.semanticids.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SemanticIdFilesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final List<String> finished = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"3,1000,1", "300,1000,1", "300,100,3", "300,29,11", "301,100,4"})
  void allFilesHoldAllItemsInOrder(int items, int partRows, int parts) throws Exception {
    List<CodeBlock> blocks = Fixtures.blocks(items, 5, 300, 70_000);

    write(blocks.iterator(), items, partRows, items);

    assertThat(finished).hasSize(parts + 2).contains("semantic-ids.jsonl", "index.json");
    assertThat(finished.get(0)).isEqualTo("semantic-ids/part-00000.parquet");
    List<String> expected = new ArrayList<>();
    List<String> lines = Files.readAllLines(folder.resolve("semantic-ids.jsonl"));
    JsonNode index = JSON.readTree(folder.resolve("index.json").toFile());
    assertThat(lines).hasSize(items);
    assertThat(index).hasSize(items);
    Iterator<String> indexIds = index.fieldNames();
    for (CodeBlock block : blocks) {
      for (int i = 0; i < block.items(); i++) {
        int[] path = block.path(i);
        String id = block.ids().get(i);
        JsonNode line = JSON.readTree(lines.get(expected.size()));
        assertThat(List.copyOf(line.properties()).stream().map(field -> field.getKey()))
            .containsExactly("id", "codes", "semanticId");
        assertThat(line.get("id").textValue()).isEqualTo(id);
        assertThat(JSON.convertValue(line.get("codes"), int[].class)).isEqualTo(path);
        assertThat(line.get("semanticId").textValue()).isEqualTo(SemanticId.of(path));
        assertThat(indexIds.next()).isEqualTo(id);
        assertThat(index.get(id).toString())
            .isEqualTo("[\"<a_%d>\",\"<b_%d>\",\"<c_%d>\"]".formatted(path[0], path[1], path[2]));
        expected.add(
            String.join("|", id, block.split(), Arrays.toString(path), SemanticId.of(path)));
      }
    }
    List<String> rows = new ArrayList<>();
    for (String name : finished) {
      if (name.endsWith(".parquet")) {
        rows.addAll(rows(folder.resolve(Path.of(name).getFileName())));
      }
    }
    assertThat(rows).isEqualTo(expected);
  }

  @Test
  void sameItemsGiveTheSameBytes() throws IOException {
    for (String name : List.of("one.parquet", "two.parquet")) {
      SemanticIdFiles.writeParquet(Fixtures.blocks(5_000, 20, 30).iterator(), folder.resolve(name));
    }
    assertThat(folder.resolve("one.parquet")).hasSameBinaryContentAs(folder.resolve("two.parquet"));
  }

  @Test
  void columnsHaveTheTypesOfTheContract() throws Exception {
    Path file = folder.resolve("it's one.parquet");
    SemanticIdFiles.writeParquet(Fixtures.blocks(9, 4).iterator(), file);
    List<String> columns = new ArrayList<>();
    query(
        "DESCRIBE SELECT * FROM read_parquet('%s')".formatted(file.toString().replace("'", "''")),
        row -> columns.add(row.getString(1) + " " + row.getString(2)));
    assertThat(columns)
        .containsExactly("id VARCHAR", "split VARCHAR", "codes INTEGER[]", "semantic_id VARCHAR");
  }

  @Test
  void largeCataloguesHaveNoJson() throws IOException {
    write(Fixtures.blocks(30, 4).iterator(), 30, 100, 29);
    assertThat(finished).containsExactly("semantic-ids/part-00000.parquet");
  }

  @Test
  void interruptedWritingFinishesNothing() {
    List<CodeBlock> blocks = Fixtures.blocks(30, 4);
    Iterator<CodeBlock> stopped =
        new Iterator<>() {
          private final Iterator<CodeBlock> all = blocks.iterator();

          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public CodeBlock next() {
            if (!all.hasNext()) {
              throw new IllegalStateException("draining");
            }
            return all.next();
          }
        };
    assertThatThrownBy(() -> write(stopped, 30, 100, 30)).hasMessage("draining");
    assertThat(finished).isEmpty();
  }

  @Test
  void anotherNumberOfItemsThanAnnouncedIsRefused() {
    assertThatThrownBy(() -> write(Fixtures.blocks(30, 4).iterator(), 31, 100, 99))
        .hasMessageContaining("31 items were announced, 30 came");
    assertThat(finished).isEmpty();
  }

  private void write(Iterator<CodeBlock> blocks, long items, int partRows, long maxJsonItems)
      throws IOException {
    SemanticIdFiles.write(
        blocks, items, folder, (name, file) -> finished.add(name), partRows, maxJsonItems);
  }

  private static List<String> rows(Path file) throws SQLException {
    List<String> rows = new ArrayList<>();
    query(
        "SELECT id, split, codes::VARCHAR, semantic_id FROM read_parquet('%s')".formatted(file),
        row ->
            rows.add(
                String.join(
                    "|", row.getString(1), row.getString(2), row.getString(3), row.getString(4))));
    return rows;
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private static void query(String sql, RowReader reader) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }
}
