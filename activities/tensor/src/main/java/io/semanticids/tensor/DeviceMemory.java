package io.semanticids.tensor;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.util.cuda.CudaUtils;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.stream.IntStream;

/** How much of a CUDA device's memory is in use, by this process and all others. */
public final class DeviceMemory {
  private final Device device;

  private DeviceMemory(Device device) {
    this.device = device;
  }

  /** The devices that this process sees; none on a machine without CUDA. */
  public static List<DeviceMemory> devices() {
    return IntStream.range(0, CudaUtils.getGpuCount())
        .mapToObj(index -> new DeviceMemory(Device.gpu(index)))
        .toList();
  }

  /** Such as {@code gpu0}. */
  public String name() {
    return device.toString().replaceAll("[^a-z0-9]", "");
  }

  /** Bytes in use; not a number where the device no longer answers. */
  public double used() {
    try {
      MemoryUsage usage = CudaUtils.getGpuMemory(device);
      return usage.getUsed();
    } catch (EngineException e) {
      return Double.NaN;
    }
  }

  /** Bytes that it has; not a number where the device no longer answers. */
  public double size() {
    try {
      return CudaUtils.getGpuMemory(device).getMax();
    } catch (EngineException e) {
      return Double.NaN;
    }
  }
}
