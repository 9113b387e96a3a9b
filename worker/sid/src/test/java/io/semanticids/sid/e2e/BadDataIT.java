package io.semanticids.sid.e2e;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Catalogues that cannot be read: what, where, and what to do about it; nothing is published. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadDataIT {
  /** Deep enough that a look at the first rows does not find it. */
  private static final int ROWS = 30_000;

  private Path folder;

  @BeforeAll
  void inputs() throws IOException {
    folder = Work.folder("bad-data");
    texts();
    vectors();
    tables();
    Inputs.vectors(60, 8, 1).write(folder.resolve("good.npy"));
    Program.in(folder)
        .run("run", "good.npy", "--name", "there", "--set", "size=4", "--output", "out")
        .succeeded();
  }

  private void texts() throws IOException {
    write("items.jsonl", Inputs.lines(50, Inputs::item));
    write("empty.jsonl", "");
    write("blank.jsonl", "\n  \n\n");
    Files.createDirectories(folder.resolve("nothing-in-it"));
    write(
        "early.jsonl",
        Inputs.lines(9, i -> i == 2 ? "{\"id\": \"2\", \"title\": " : Inputs.item(i)));
    write(
        "late.jsonl",
        Inputs.lines(ROWS, i -> i == 25_000 ? "{\"id\": \"x\" \"title\": 1}" : Inputs.item(i)));
    write("twice.jsonl", Inputs.lines(ROWS, i -> Inputs.item(i == 29_000 ? 17 : i)));
    write("parts/a.jsonl", Inputs.lines(10, Inputs::item));
    write("parts/b.jsonl", Inputs.lines(10, i -> Inputs.item(i + 9)));
    write(
        "no-id.jsonl",
        Inputs.lines(ROWS, i -> i == 28_000 ? "{\"title\": \"Nameless\"}" : Inputs.item(i)));
    write(
        "empty-id.jsonl",
        Inputs.lines(20, i -> i == 4 ? Inputs.item(i).replace("\"4\"", "\"\"") : Inputs.item(i)));
    write(
        "null-id.jsonl",
        Inputs.lines(20, i -> i == 4 ? Inputs.item(i).replace("\"4\"", "null") : Inputs.item(i)));
    write("no-text.jsonl", Inputs.lines(20, i -> "{\"id\": \"" + i + "\", \"price\": 3}"));
    write(
        "nested.jsonl",
        Inputs.lines(20, i -> "{\"id\": \"" + i + "\", \"title\": {\"en\": \"x\"}}"));
    write("many.jsonl", Inputs.lines(200, i -> Inputs.item(i < 100 ? i : i - 100)));
    write("not-lines.jsonl", "[" + Inputs.item(1) + ",\n" + Inputs.item(2) + "]\n");
    write(
        "latin.jsonl",
        "{\"id\": \"1\", \"title\": \"Caf\u00e9\"}\n".getBytes(StandardCharsets.ISO_8859_1));
    write("items.txt", "one\ntwo\n");
    write("ragged.csv", "id,title\n1,one\n2,two,too many\n");
    write("quote.csv", "id,title\n1,one\n2,\"never closed\n3,three\n");
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
      zip.write(Inputs.lines(5_000, Inputs::item).getBytes(StandardCharsets.UTF_8));
    }
    write("torn.jsonl.gz", Arrays.copyOf(zipped.toByteArray(), zipped.size() / 2));
    write("plain.jsonl.gz", Inputs.lines(5, Inputs::item));
  }

  private void vectors() {
    byte[] data = new byte[10 * 4 * Float.BYTES];
    npy("one-dimension.npy", "<f4", false, "(40,)", data);
    npy("three-dimensions.npy", "<f4", false, "(5, 2, 4)", data);
    npy("fortran.npy", "<f4", true, "(10, 4)", data);
    npy("integers.npy", "<i4", false, "(10, 4)", data);
    npy("big-endian.npy", ">f4", false, "(10, 4)", data);
    npy("no-rows.npy", "<f4", false, "(0, 4)", new byte[0]);
    npy("no-columns.npy", "<f4", false, "(10, 0)", new byte[0]);
    npy("truncated.npy", "<f4", false, "(11, 4)", data);
    write("no-numpy.npy", "this is no matrix");
    npy("not-a-number.npy", "<f4", false, "(10, 4)", with(data, 6, Float.NaN));
    npy("infinite.npy", "<f4", false, "(10, 4)", with(data, 39, Float.NEGATIVE_INFINITY));
    Inputs.vectors(20, 5, 1).write(folder.resolve("five-columns.npy"));
    Inputs.vectors(20, 4, 1).write(folder.resolve("four-columns.npy"));
  }

  private static byte[] with(byte[] data, int index, float value) {
    byte[] copy = data.clone();
    ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putFloat(index * Float.BYTES, value);
    return copy;
  }

  private void tables() {
    try (Database database = new Database()) {
      parquet(database, "other-columns.parquet", "SELECT range AS sku, 'x' AS name FROM range(5)");
      parquet(
          database,
          "ragged.parquet",
          "SELECT range::VARCHAR AS id, list_resize([1.0::FLOAT], CASE WHEN range = 7 THEN 3 ELSE 4 END, 2.0::FLOAT) AS embedding FROM range(9)");
      parquet(
          database,
          "not-a-number.parquet",
          "SELECT range::VARCHAR AS id, [1.0, CASE WHEN range = 7 THEN 'NaN'::DOUBLE ELSE range END] AS embedding FROM range(9)");
      parquet(
          database,
          "missing-vector.parquet",
          "SELECT range::VARCHAR AS id, CASE WHEN range = 7 THEN NULL ELSE [1.0, range] END AS embedding FROM range(9)");
      parquet(
          database,
          "twice.parquet",
          "SELECT (range % 8)::VARCHAR AS id, 'text ' || range AS title FROM range(9)");
    }
    write("no-parquet.parquet", "this is no table");
  }

  private void parquet(Database database, String name, String query) {
    database.execute("COPY (%s) TO '%s' (FORMAT parquet)".formatted(query, folder.resolve(name)));
  }

  private void npy(String name, String type, boolean fortran, String shape, byte[] data) {
    Matrix.write(folder.resolve(name), type, fortran, shape, data);
  }

  private void write(String name, String content) {
    Work.write(folder.resolve(name), content);
  }

  private void write(String name, byte[] content) {
    Work.write(folder.resolve(name), content);
  }

  private static Arguments look(String dataset, String... says) {
    return arguments(Refusal.INVALID, List.of(dataset), List.of(says));
  }

  private static Arguments pass(String dataset, String... says) {
    return arguments(Refusal.FAILED, List.of(dataset), List.of(says));
  }

  /** What a first look finds makes the request invalid; what only the whole pass finds fails it. */
  static Stream<Arguments> catalogues() {
    return Stream.of(
        look("absent.jsonl", "absent.jsonl", "does not exist"),
        look("empty.jsonl", "empty.jsonl", "no rows"),
        look("blank.jsonl", "blank.jsonl", "no rows"),
        look("nothing-in-it", "nothing-in-it", "without files"),
        look("early.jsonl", "early.jsonl, line 3", "not JSON"),
        pass("late.jsonl", "late.jsonl, line 25001", "not JSON"),
        pass("twice.jsonl", "\"17\"", "twice.jsonl, line 18", "twice.jsonl, line 29001", "unique"),
        pass("parts", "\"9\"", "a.jsonl, line 10", "b.jsonl, line 1", "unique"),
        pass("no-id.jsonl", "no-id.jsonl, line 28001", "id"),
        pass("empty-id.jsonl", "empty-id.jsonl, line 5", "id"),
        pass("null-id.jsonl", "null-id.jsonl, line 5", "id"),
        look("no-text.jsonl", "no-text.jsonl", "title", "price"),
        pass("many.jsonl", "line 1 ", "line 101", "unique", "80 more problems"),
        look("not-lines.jsonl", "not-lines.jsonl, line 1"),
        look("latin.jsonl", "latin.jsonl, line 1", "UTF-8"),
        look("items.txt", "items.txt", ".jsonl", ".csv", ".parquet", ".npy"),
        look("ragged.csv", "ragged.csv, line 3"),
        look("quote.csv", "quote.csv, line 3"),
        pass("torn.jsonl.gz", "torn.jsonl.gz"),
        look("plain.jsonl.gz", "plain.jsonl.gz", "gzip"),
        look("one-dimension.npy", "one-dimension.npy", "(40,)"),
        look("three-dimensions.npy", "three-dimensions.npy", "(5, 2, 4)"),
        look("fortran.npy", "fortran.npy", "Fortran", "ascontiguousarray"),
        look("integers.npy", "integers.npy", "<i4", "astype"),
        look("big-endian.npy", "big-endian.npy", ">f4"),
        look("no-rows.npy", "no-rows.npy", "no rows"),
        look("no-columns.npy", "no-columns.npy"),
        look("truncated.npy", "truncated.npy", "11 x 4", "304 bytes"),
        look("no-numpy.npy", "no-numpy.npy"),
        pass("not-a-number.npy", "not-a-number.npy", "row 1 (from 0)", "NaN"),
        pass("infinite.npy", "infinite.npy", "row 9 (from 0)"),
        look("other-columns.parquet", "other-columns.parquet", "title", "sku, name"),
        pass("ragged.parquet", "ragged.parquet", "3", "4"),
        pass("not-a-number.parquet", "not-a-number.parquet", "row 8"),
        pass("missing-vector.parquet", "missing-vector.parquet", "row 8"),
        pass("twice.parquet", "\"0\"", "twice.parquet, row 1", "twice.parquet, row 9"),
        look("no-parquet.parquet", "no-parquet.parquet"),
        arguments(
            Refusal.INVALID,
            List.of("items.jsonl", "--set", "text=name"),
            List.of("items.jsonl", "\"name\"", "id, title")),
        arguments(
            Refusal.INVALID,
            List.of("items.jsonl", "--set", "id=sku"),
            List.of("items.jsonl", "\"sku\"", "id, title")),
        arguments(
            Refusal.INVALID,
            List.of("items.jsonl", "--set", "group=family"),
            List.of("items.jsonl", "\"family\"", "id, title")),
        arguments(
            Refusal.FAILED,
            List.of("items.jsonl", "--set", "test=items.jsonl"),
            List.of("\"0\"", "items.jsonl, line 1", "unique over training and test")),
        arguments(
            Refusal.INVALID,
            List.of("items.jsonl", "--set", "test=absent.jsonl"),
            List.of("absent.jsonl", "does not exist")),
        arguments(
            Refusal.FAILED,
            List.of("four-columns.npy", "--set", "test=five-columns.npy"),
            List.of("five-columns.npy", "4", "5")),
        arguments(
            Refusal.FAILED,
            List.of("four-columns.npy", "--set", "test=items.jsonl"),
            List.of("items.jsonl", "vectors")));
  }

  @ParameterizedTest
  @MethodSource("catalogues")
  void isRefused(int exitCode, List<String> arguments, List<String> says) {
    new Refusal(Program.in(folder).brief(), folder.resolve("out")).run(exitCode, arguments, says);
  }
}
