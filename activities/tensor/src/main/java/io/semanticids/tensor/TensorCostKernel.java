package io.semanticids.tensor;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Costs by one matrix product a block for every {@value #PART} codewords: the program gets {@code
 * bias_k = factor |c_k|^2} and the weights {@code -2 factor c_k} (exact, as the factor is a power
 * of two), adds, rounds half to even, makes integers, takes the potentials off and finds the least.
 *
 * <p>The values of a product may depend on how many rows and columns there are and on where they
 * lie, above all where they are few or at an edge: a block is always computed at its full height,
 * and both sides are filled up to a multiple of {@value #STEP}. Rows beyond {@code count} are left
 * over from earlier blocks: nobody looks at their costs. Codewords beyond K are zero, with
 * potentials that keep their costs from being the least.
 */
final class TensorCostKernel implements CostKernel {
  private static final int STEP = 16;

  /** Codewords of one product: what comes out of more leaves the cache and is mapped anew. */
  private static final int PART = 4_096;

  private final int size;
  private final int dimension;
  private final int height;
  private final double largestNorm;
  private final NDManager manager;
  private final Predictor<NDList, NDList> program;
  private final List<Part> parts = new ArrayList<>();

  /** Memory of the first input of each part. */
  private final FloatBuffer block;

  /** Codewords {@code [first, first + size)}, filled up to {@code columns}. */
  private record Part(int first, int size, int columns, NDList inputs) {}

  TensorCostKernel(
      Model model,
      Device device,
      Codewords codewords,
      CostScale scale,
      int[] potentials,
      int height) {
    KernelArguments.requireHeight(height);
    KernelArguments.requirePotentials(potentials, codewords.size());
    this.size = codewords.size();
    this.dimension = codewords.dimension();
    this.height = height;
    this.largestNorm = KernelArguments.largestNorm(codewords, scale);
    this.manager = model.getNDManager().newSubManager(device);
    this.program = model.newPredictor(new NoopTranslator(null));
    int computed = filled(height);
    ByteBuffer bytes = direct(Math.multiplyExact(computed, dimension));
    this.block = bytes.asFloatBuffer();
    NDArray rows = manager.create(bytes, new Shape(computed, dimension), DataType.FLOAT32);
    for (int first = 0; first < size; first += PART) {
      int length = Math.min(PART, size - first);
      int columns = filled(length);
      NDArray bias = manager.create(bias(codewords, scale, first, length, columns));
      NDArray weights =
          manager.create(
              weights(codewords, scale, first, length, columns), new Shape(columns, dimension));
      NDArray less = manager.create(filled(potentials, first, length, columns));
      parts.add(new Part(first, length, columns, new NDList(rows, bias, weights, less)));
    }
  }

  private static int filled(int count) {
    return Math.multiplyExact((count + STEP - 1) / STEP, STEP);
  }

  /** Potentials of a part; those that fill it up are so low that they make no cost the least. */
  private static int[] filled(int[] potentials, int first, int length, int columns) {
    int[] filled = Arrays.copyOfRange(potentials, first, first + columns);
    Arrays.fill(filled, length, columns, -Integer.MAX_VALUE);
    return filled;
  }

  private static ByteBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
        .order(ByteOrder.nativeOrder());
  }

  private static float[] bias(
      Codewords codewords, CostScale scale, int first, int length, int columns) {
    float[] bias = new float[columns];
    for (int k = 0; k < length; k++) {
      double sum = 0;
      for (int j = 0; j < codewords.dimension(); j++) {
        double value = codewords.values()[(first + k) * codewords.dimension() + j];
        sum += value * value;
      }
      bias[k] = (float) (scale.factor() * sum);
    }
    return bias;
  }

  private static float[] weights(
      Codewords codewords, CostScale scale, int first, int length, int columns) {
    int dimension = codewords.dimension();
    float[] weights = new float[Math.multiplyExact(columns, dimension)];
    for (int i = 0; i < length * dimension; i++) {
      weights[i] = (float) (-2 * scale.factor() * codewords.values()[first * dimension + i]);
    }
    return weights;
  }

  @Override
  public void costs(float[] rows, int count, int[] costs, int[] least) {
    KernelArguments.requireBlock(rows, count, costs, least, height, dimension, size);
    block.clear().put(rows, 0, count * dimension);
    for (Part part : parts) {
      try (NDList outputs = program.predict(part.inputs)) {
        KernelArguments.requireNorm(outputs.get(2).getFloat(), largestNorm);
        copy(ints(outputs.get(0)), part, count, costs);
        lower(ints(outputs.get(1)), part, count, least);
      } catch (TranslateException e) {
        throw new IllegalStateException(
            "The tensor program for %d rows of dimension %d against %d codewords failed."
                .formatted(height, dimension, part.size),
            e);
      }
    }
  }

  private static IntBuffer ints(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asIntBuffer();
  }

  /** The costs of a part's codewords, without the columns that fill it up. */
  private void copy(IntBuffer computed, Part part, int count, int[] costs) {
    if (part.columns == size) {
      computed.get(costs, 0, count * size);
      return;
    }
    for (int i = 0; i < count; i++) {
      computed.position(i * part.columns).get(costs, i * size + part.first, part.size);
    }
  }

  /** The least costs of all parts up to this one. */
  private static void lower(IntBuffer computed, Part part, int count, int[] least) {
    if (part.first == 0) {
      computed.get(least, 0, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      least[i] = Math.min(least[i], computed.get(i));
    }
  }

  @Override
  public void close() {
    program.close();
    manager.close();
  }
}
