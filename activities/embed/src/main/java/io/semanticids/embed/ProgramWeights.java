package io.semanticids.embed;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors that a program needs, in the order in which it numbers them: checks them against the
 * checkpoint, and writes the lines of the program that map them from their files.
 *
 * <p>A tensor that is stored in the type of the computation is used where it lies in the page
 * cache; only others are copied, converted.
 */
final class ProgramWeights {
  private static final int MOST_PROBLEMS = 5;

  private final Checkpoint checkpoint;
  private final List<StoredTensor> tensors = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  ProgramWeights(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
  }

  /** The next tensor. */
  void need(String name, long... shape) {
    StoredTensor tensor = checkpoint.tensor(name);
    List<Long> expected = new ArrayList<>();
    for (long size : shape) {
      expected.add(size);
    }
    if (tensor == null) {
      problems.add("Tensor %s is in none of the files of the checkpoint.".formatted(name));
    } else if (!tensor.shape().equals(expected)) {
      problems.add(
          "Tensor %s in %s has shape %s, but config.json makes it %s."
              .formatted(name, tensor.file().getFileName(), tensor.shape(), expected));
    } else if (ElementType.stored(tensor.type()).isEmpty()) {
      problems.add(
          "Tensor %s in %s is of type %s: supported are BF16, F16 and F32."
              .formatted(name, tensor.file().getFileName(), tensor.type()));
    } else if (tensor.offset() % type(tensor).bytes() != 0) {
      problems.add(
          "Tensor %s in %s begins at the odd byte %d, so that it cannot be mapped: save the checkpoint anew."
              .formatted(name, tensor.file().getFileName(), tensor.offset()));
    } else {
      tensors.add(tensor);
    }
  }

  /** The first problems and their number; empty when all is well. */
  List<String> problems() {
    if (problems.size() <= MOST_PROBLEMS) {
      return List.copyOf(problems);
    }
    List<String> first = new ArrayList<>(problems.subList(0, MOST_PROBLEMS));
    first.add("… and %d more.".formatted(problems.size() - MOST_PROBLEMS));
    return first;
  }

  /** The type of the first tensor, which stands for the checkpoint. */
  ElementType storedType() {
    return tensors.isEmpty() ? ElementType.FLOAT32 : type(tensors.get(0));
  }

  /** Bytes that lie in files and are read through the page cache. */
  long mappedBytes() {
    return tensors.stream().mapToLong(StoredTensor::bytes).sum();
  }

  /** Bytes of converted copies, which are the process's own. */
  long copiedBytes(ElementType computed) {
    return tensors.stream()
        .filter(tensor -> type(tensor) != computed)
        .mapToLong(tensor -> tensor.elements() * computed.bytes())
        .sum();
  }

  /** The body of the program's method {@code load}, which appends each tensor to {@code w}. */
  String load(ElementType computed) {
    Map<String, String> maps = new LinkedHashMap<>();
    StringBuilder lines = new StringBuilder();
    StringBuilder appends = new StringBuilder();
    for (StoredTensor tensor : tensors) {
      ElementType type = type(tensor);
      String map =
          maps.computeIfAbsent(
              type + " " + tensor.file(),
              key -> {
                String name = "f" + maps.size();
                long elements = tensor.file().toFile().length() / type.bytes();
                lines.append(
                    "    %s = torch.from_file(\"%s\", False, %d, dtype=%d)%n"
                        .formatted(name, literal(tensor.file()), elements, type.scalarType()));
                return name;
              });
      appends.append(
          "    w = torch.append(w, torch.to(torch.view(torch.narrow(%s, 0, %d, %d), %s), device, %d))%n"
              .formatted(
                  map,
                  tensor.offset() / type.bytes(),
                  tensor.elements(),
                  tensor.shape(),
                  computed.scalarType()));
    }
    return lines.append(appends).toString().stripTrailing();
  }

  /**
   * A path as the inside of a string literal: whatever is not a plain character as an octal escape.
   */
  private static String literal(Path path) {
    StringBuilder text = new StringBuilder();
    for (byte b : path.toString().getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b >= ' ' && b < 127 && b != '"' && b != '\\' && b != '\'';
      text.append(plain ? String.valueOf((char) b) : "\\%03o".formatted(b & 0xFF));
    }
    return text.toString();
  }

  private static ElementType type(StoredTensor tensor) {
    return ElementType.stored(tensor.type()).orElseThrow();
  }
}
