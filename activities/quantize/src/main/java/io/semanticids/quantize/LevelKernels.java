package io.semanticids.quantize;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.CostKernel;
import io.semanticids.tensor.CostScale;
import java.util.ArrayList;
import java.util.List;

/** One kernel a level. */
record LevelKernels(List<CostKernel> kernels) implements AutoCloseable {
  static LevelKernels open(
      Arithmetic math, List<Codewords> levels, List<CostScale> scales, int height) {
    LevelKernels opened = new LevelKernels(new ArrayList<>());
    try {
      for (int l = 0; l < levels.size(); l++) {
        opened.kernels.add(math.costs(levels.get(l), scales.get(l), height));
      }
      return opened;
    } catch (RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  CostKernel get(int level) {
    return kernels.get(level);
  }

  @Override
  public void close() {
    kernels.forEach(CostKernel::close);
  }
}
