package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Given vectors of any length, brought to length 1 by the run and by what encodes under it. */
class NormalizeIT {
  private static final int ROWS = 400;
  private static final int COLUMNS = 12;

  @Test
  void encodeGivesTheRunsCodesToVectorsOfOtherLengths() {
    Path folder = Work.folder("normalize");
    Matrix vectors = Inputs.vectors(ROWS, COLUMNS, 3);
    scaled(vectors, 9, 4).write(folder.resolve("vectors.npy"));
    scaled(vectors, 5, 0).write(folder.resolve("others.npy"));
    Program program = Program.in(folder).brief();
    Outcome outcome =
        program.run(
            "run",
            "vectors.npy",
            "--output",
            "out",
            "--set",
            "size=7,5",
            "--set",
            "normalize=true");
    Published run = Published.of(outcome);
    assertThat(outcome.err()).doesNotContain("no effect");
    assertThat(run.json("codebook/codebook.json").path("normalize").asBoolean()).isTrue();
    program
        .run(
            "encode",
            "others.npy",
            "--codebook",
            run.folder().resolve("codebook").toString(),
            "--output",
            "encoded.parquet")
        .succeeded();
    try (Database database = new Database()) {
      List<List<Object>> encoded = codes(database, folder.resolve("encoded.parquet"));
      assertThat(encoded)
          .hasSize(ROWS)
          .isEqualTo(codes(database, run.folder().resolve("semantic-ids/part-*.parquet")));
      new Figures(database, run, unit(vectors), null).check();
    }
  }

  private static List<List<Object>> codes(Database database, Path files) {
    return database.rows(
        "SELECT id, array_to_string(codes, ' ') FROM read_parquet('%s')".formatted(files));
  }

  /** Row i times 2^(i mod many - below). */
  private static Matrix scaled(Matrix vectors, int many, int below) {
    double[] values = vectors.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.scalb(values[i], i / COLUMNS % many - below);
    }
    return new Matrix(ROWS, COLUMNS, values);
  }

  private static Matrix unit(Matrix vectors) {
    double[] values = vectors.values().clone();
    for (int row = 0; row < ROWS; row++) {
      double squares = 0;
      for (int j = 0; j < COLUMNS; j++) {
        squares += vectors.at(row, j) * vectors.at(row, j);
      }
      for (int j = 0; j < COLUMNS; j++) {
        values[row * COLUMNS + j] = (float) (vectors.at(row, j) / Math.sqrt(squares));
      }
    }
    return new Matrix(ROWS, COLUMNS, values);
  }
}
