package io.semanticids.embed;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a tensor lies in a safetensors file.
 *
 * @param type safetensors' name of its element type, such as {@code BF16}
 * @param shape its sizes, slowest first
 * @param offset of its first byte, from the beginning of the file
 * @param bytes its length
 */
record StoredTensor(Path file, String type, List<Long> shape, long offset, long bytes) {
  StoredTensor {
    shape = List.copyOf(shape);
  }

  long elements() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }
}
