package io.semanticids.embed;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import io.semanticids.tensor.ProgramArchive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * A {@link TensorProgram} on PyTorch. Threads share its weights, which the first run maps.
 *
 * <p>Programs run as they are written, without the engine's profile-guided rewriting: a result must
 * not depend on how many came before it, and texts come in too many lengths to profile.
 */
final class ProgramModel implements SentenceModel {
  private final Model model;
  private final int width;
  private final Padding padding;

  private ProgramModel(Model model, int width, Padding padding) {
    this.model = model;
    this.width = width;
    this.padding = padding;
  }

  /** Loads a program and its weights, by a run over one token. */
  static ProgramModel open(TensorProgram program, int width, EmbeddingDevice device)
      throws IOException, MalformedModelException {
    Model model = Model.newInstance(program.name(), device.djl(), "PyTorch");
    try {
      model.load(new ByteArrayInputStream(ProgramArchive.of(program.name(), program.text(), "w")));
      ProgramModel loaded = new ProgramModel(model, width, Padding.on(device));
      loaded.pooled(new long[][] {{0}});
      return loaded;
    } catch (IOException | MalformedModelException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int padded(int tokens) {
    return padding.padded(tokens);
  }

  @Override
  public float[] pooled(long[][] ids) {
    int length = padded(ids[0].length);
    LongBuffer tokens = LongBuffer.allocate(ids.length * length);
    long[] last = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      // What pads a row stands behind its last token, which does not look ahead.
      tokens.put(Arrays.copyOf(ids[i], length));
      last[i] = ids[i].length - 1L;
    }
    // The switch is the calling thread's own.
    JniUtils.setGraphExecutorOptimize(false);
    try (NDManager manager = model.getNDManager().newSubManager()) {
      Shape shape = new Shape(ids.length, length);
      NDArray input = manager.create(tokens.flip(), shape, DataType.INT64);
      NDList inputs = new NDList(input, manager.create(last));
      try (NDList outputs =
          model.getBlock().forward(new ParameterStore(manager, false), inputs, false)) {
        return outputs.get(0).toFloatArray();
      }
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
