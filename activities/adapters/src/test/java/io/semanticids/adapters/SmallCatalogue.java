package io.semanticids.adapters;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.catalogue.SampleVectors;
import java.io.IOException;
import java.nio.file.Path;

/** Vectors of a small catalogue with a test split. */
record SmallCatalogue(Path train, Path test) {
  static final int TRAIN = 4_500;
  static final int TEST = 700;
  static final int DIMENSION = 12;

  static SmallCatalogue write(Path folder) throws IOException {
    Path train = folder.resolve("train.npy");
    Path test = folder.resolve("test.npy");
    SampleVectors.write(TRAIN, DIMENSION, 1, train, SampleVectors.Precision.FLOAT32, 1);
    SampleVectors.write(TEST, DIMENSION, 2, test, SampleVectors.Precision.FLOAT16, 1);
    return new SmallCatalogue(train, test);
  }

  /** A request for it, with more keys and values. */
  ObjectNode request(Path output, Object... keysAndValues) {
    ObjectNode request =
        Pipeline.request(
            "dataset", train.toString(), "test", test.toString(), "output", output.toString());
    request.setAll(Pipeline.request(keysAndValues));
    return request;
  }
}
