package io.semanticids.tensor;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Tensor programs on DJL's PyTorch engine.
 *
 * <p>A program runs on one thread; work is spread over Java threads, each with a kernel of its own.
 * The programs are the same for every device.
 */
public final class TensorArithmetic implements Arithmetic {
  private static final String ENGINE = "PyTorch";

  private final int threads;
  private final Device device;
  private final Model costs;

  private TensorArithmetic(int threads, Device device, Model costs) {
    this.threads = threads;
    this.device = device;
    this.costs = costs;
  }

  /** An engine on this machine's processor whose passes use this many threads. */
  public static TensorArithmetic open(int threads) {
    return open(threads, Device.cpu());
  }

  private static TensorArithmetic open(int threads, Device device) {
    if (threads <= 0) {
      throw new IllegalArgumentException(
          "The number of threads (%d) must be positive.".formatted(threads));
    }
    Processor.requireSupported();
    Processor.oneThreadAnOperation();
    return new TensorArithmetic(threads, device, costs(device));
  }

  private static Model costs(Device device) {
    byte[] archive = ProgramArchive.of("Costs", costsText());
    Model model = Model.newInstance("Costs", device, ENGINE);
    try {
      model.load(new ByteArrayInputStream(archive));
      return model;
    } catch (IOException | MalformedModelException e) {
      model.close();
      throw new IllegalStateException(
          "The tensor program of costs does not load on %s.".formatted(device), e);
    }
  }

  private static String costsText() {
    try (InputStream text =
        Objects.requireNonNull(TensorArithmetic.class.getResourceAsStream("costs.py"))) {
      return new String(text.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public CostKernel costs(Codewords codewords, CostScale scale, int[] potentials, int height) {
    return new TensorCostKernel(costs, device, codewords, scale, potentials, height);
  }

  @Override
  public int threads() {
    return threads;
  }

  @Override
  public String deviceClass() {
    return Processor.deviceClass();
  }

  @Override
  public void close() {
    costs.close();
  }
}
