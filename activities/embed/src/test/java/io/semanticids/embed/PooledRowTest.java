package io.semanticids.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.tensor.UnitRows;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PooledRowTest {
  /** A run over the embeddings as given vectors is one over the texts. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 384})
  void embeddingsAndGivenVectorsAreNormalizedAlike(int dimension) {
    ModelIdentity identity =
        new ModelIdentity("minilm", "mean", "float32", dimension, 256, true, null, "", "");
    SplittableRandom random = new SplittableRandom(dimension);
    for (int attempt = 0; attempt < 50; attempt++) {
      float[] row = new float[dimension];
      for (int d = 0; d < dimension; d++) {
        row[d] = attempt == 0 ? 0 : Math.scalb((float) random.nextDouble(-1, 1), attempt - 25);
      }
      float[] embedded = new float[dimension];
      assertThat(PooledRow.write(row, 0, embedded, 0, identity)).isTrue();
      UnitRows.scale(row, 1, dimension);
      assertThat(row).containsExactly(embedded);
    }
  }
}
