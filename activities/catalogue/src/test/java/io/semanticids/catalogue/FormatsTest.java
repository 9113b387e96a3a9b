package io.semanticids.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every format gives the same rows. */
class FormatsTest {
  private static final CatalogueFields FIELDS = Workbench.named("id", "brand", "title", "text");

  /** Rows of id, title, text, brand: null where there is none. */
  private static final String[][] ROWS = {
    {"1", "Pen", "blue, with \"quotes\"", "Ada"},
    {"2", "Ünïcödé – 鉛筆 🖊️", "first line\nsecond line", "Bo"},
    {"x-3", null, "a tab\tand a semicolon; a bar | a comma,", "Ada"},
    {"4", "only a title", null, null},
    {"5", null, null, "Cy"},
    {"6", "Pen", "blue, with \"quotes\"", "Ada"},
    {"7", "bell \u0007 and escape \u001b", "e\u0301 is not é", "Bo"},
  };

  private static final List<String> TEXTS =
      List.of(
          "Pen | blue, with \"quotes\"",
          "Ünïcödé – 鉛筆 🖊️ | first line\nsecond line",
          "a tab\tand a semicolon; a bar | a comma,",
          "only a title",
          "",
          "Pen | blue, with \"quotes\"",
          "bell \u0007 and escape \u001b | e\u0301 is not é");

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void open() {
    bench = new Workbench(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.jsonl", "a.jsonl.gz", "a.ndjson", "a.json", "list.json", "list.json.gz", "a.csv",
        "a.csv.gz", "crlf.csv", "mark.csv", "semicolon.csv", "a.tsv", "a.parquet", "a.arrow"
      })
  void givesTheSameRows(String name) throws IOException {
    write(name);
    Rows rows = bench.read(name, FIELDS);
    assertThat(rows.ids()).containsExactly("1", "2", "x-3", "4", "5", "6", "7");
    assertThat(rows.texts()).isEqualTo(TEXTS);
    assertThat(rows.vectors()).containsExactly(0L, 1L, 2L, 3L, 4L, 0L, 5L);
    assertThat(rows.all().stream().map(Rows.Row::group))
        .containsExactly("Ada", "Bo", "Ada", null, "Cy", "Ada", "Bo");
    assertThat(rows.all().stream().map(Rows.Row::groupNumber))
        .containsExactly(0, 1, 0, -1, 2, 0, 1);

    Prepared prepared = bench.prepare(name, FIELDS);
    assertThat(prepared.trainRows()).isEqualTo(7);
    assertThat(prepared.distinct()).isEqualTo(6);
    assertThat(prepared.groups()).isEqualTo(3);
    assertThat(prepared.warnings()).singleElement().asString().contains("1 rows have no text");
    CatalogueShape shape = bench.catalogues().inspect(bench.at(name), FIELDS);
    assertThat(shape.kind()).isEqualTo(CatalogueKind.TEXTS);
    assertThat(shape.columns()).contains("id", "title", "text", "brand");
  }

  @Test
  void numbersListsAndStructuresBecomeText() {
    bench.file(
        "a.jsonl",
        """
        {"id": 1, "title": ["a", null, "", ["b", 2.50]], "text": {"x": 1, "y": {"z": [true]}, "n": null}}
        {"id": 12345678901234567890, "title": false, "text": [] }
        """);
    Rows json = bench.read("a.jsonl", Workbench.named("id", null, "title", "text"));
    assertThat(json.ids()).containsExactly("1", "12345678901234567890");
    assertThat(json.texts()).containsExactly("a, b, 2.50 | x: 1, y: z: true", "false");

    bench.parquet(
        "a.parquet",
        "SELECT 1::BIGINT AS id, ['a', NULL, '', 'b'] AS title, {'x': 1, 'y': {'z': [true]}} AS text"
            + " UNION ALL SELECT 2, NULL, NULL");
    Rows parquet = bench.read("a.parquet", Workbench.named("id", null, "title", "text"));
    assertThat(parquet.ids()).containsExactly("1", "2");
    assertThat(parquet.texts()).containsExactly("a, b | x: 1, y: z: true", "");
  }

  @Test
  void halvesOfSurrogatePairsAreReplaced() {
    bench.file("a.jsonl", "{\"id\": \"\\ud83d\", \"title\": \"a\\ude00b \\ud83d\\ude00\"}\n");
    Rows rows = bench.read("a.jsonl");
    assertThat(rows.ids()).containsExactly("\ufffd");
    assertThat(rows.texts()).containsExactly("a\ufffdb 😀");
  }

  @Test
  void parquetKeepsTheOrderOfManyRowGroups() {
    bench.parquet("a.parquet", "SELECT i AS id, 'text ' || i AS title FROM range(50000) t(i)");
    Rows rows = new Rows();
    bench.prepare("a.parquet", null, Workbench.DEFAULTS, 512, rows);
    for (int i = 0; i < 50_000; i++) {
      assertThat(rows.all().get(i).id()).isEqualTo(Integer.toString(i));
    }
  }

  private void write(String name) throws IOException {
    if (name.endsWith(".parquet")) {
      bench.file("source.jsonl", jsonLines());
      bench.parquet(
          name,
          "SELECT * FROM read_json(%s, format = 'newline_delimited', columns = {id: 'VARCHAR', title: 'VARCHAR', text: 'VARCHAR', brand: 'VARCHAR'})"
              .formatted(DuckDatabase.quoted(bench.path("source.jsonl").toString())));
    } else if (name.endsWith(".arrow")) {
      arrow(name);
    } else if (name.startsWith("list")) {
      bench.file(name, "[\n" + jsonLines().strip().replace("\n{", ",\n{") + "\n]");
    } else if (name.contains("json")) {
      bench.file(name, jsonLines());
    } else {
      String separator = name.startsWith("semi") ? ";" : name.endsWith(".tsv") ? "\t" : ",";
      String csv = csv(separator, name.startsWith("crlf") ? "\r\n" : "\n");
      bench.file(name, name.startsWith("mark") ? "\ufeff" + csv : csv);
    }
  }

  private static String jsonLines() throws IOException {
    StringWriter lines = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(lines)) {
      json.setRootValueSeparator(null);
      for (String[] row : ROWS) {
        json.writeStartObject();
        json.writeStringField("id", row[0]);
        String[] names = {"id", "title", "text", "brand"};
        for (int i = 1; i < 4; i++) {
          if (row[i] != null || i % 2 == 0) {
            json.writeStringField(names[i], row[i]);
          }
        }
        json.writeEndObject();
        json.writeRaw('\n');
      }
    }
    return lines.toString();
  }

  private static String csv(String separator, String end) {
    StringBuilder csv = new StringBuilder(String.join(separator, "id", "title", "text", "brand"));
    for (String[] row : ROWS) {
      csv.append(end);
      for (int i = 0; i < row.length; i++) {
        String cell = row[i] == null ? "" : row[i];
        boolean quote = cell.matches("(?s).*[,;|\t\"\n].*");
        csv.append(i > 0 ? separator : "")
            .append(quote ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell);
      }
    }
    return csv.append(end).toString();
  }

  private void arrow(String name) throws IOException {
    Files.createDirectories(bench.path(name).getParent());
    try (BufferAllocator allocator = new RootAllocator();
        VarCharVector id = new VarCharVector("id", allocator);
        VarCharVector title = new VarCharVector("title", allocator);
        VarCharVector text = new VarCharVector("text", allocator);
        VarCharVector brand = new VarCharVector("brand", allocator);
        VectorSchemaRoot root = VectorSchemaRoot.of(id, title, text, brand);
        FileChannel channel =
            FileChannel.open(
                bench.path(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        ArrowFileWriter writer = new ArrowFileWriter(root, null, channel)) {
      List<VarCharVector> columns = List.of(id, title, text, brand);
      // Two batches: four rows and three.
      for (int first = 0; first < ROWS.length; first += 4) {
        int count = Math.min(4, ROWS.length - first);
        for (int i = 0; i < count; i++) {
          for (int j = 0; j < 4; j++) {
            String value = ROWS[first + i][j];
            if (value == null) {
              columns.get(j).setNull(i);
            } else {
              columns.get(j).setSafe(i, value.getBytes(StandardCharsets.UTF_8));
            }
          }
        }
        root.setRowCount(count);
        writer.writeBatch();
      }
    }
  }
}
