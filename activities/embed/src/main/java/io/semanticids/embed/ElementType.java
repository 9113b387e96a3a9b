package io.semanticids.embed;

import java.util.Optional;

/** An element type that programs compute in or read. */
enum ElementType {
  FLOAT32("float32", "F32", 6, 4),
  BFLOAT16("bfloat16", "BF16", 15, 2),
  /** Read, but never computed in: Gemma's activations overflow it, and CPUs are slow at it. */
  FLOAT16("float16", "F16", 5, 2);

  private final String text;
  private final String stored;
  private final int scalarType;
  private final int bytes;

  ElementType(String text, String stored, int scalarType, int bytes) {
    this.text = text;
    this.stored = stored;
    this.scalarType = scalarType;
    this.bytes = bytes;
  }

  /** By safetensors' name. */
  static Optional<ElementType> stored(String name) {
    for (ElementType type : values()) {
      if (type.stored.equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The name in a request. */
  String text() {
    return text;
  }

  /** PyTorch's number of the type, as programs write it. */
  int scalarType() {
    return scalarType;
  }

  int bytes() {
    return bytes;
  }
}
