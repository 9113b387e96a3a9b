package io.semanticids.embed;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file: eight bytes with the header's length (little-endian), the
 * header (JSON: name to type, shape and offsets), then the data. Reads no data, but checks that all
 * of it is there.
 */
final class Safetensors {
  /** The format's own limit. */
  private static final long MOST_HEADER_BYTES = 100_000_000;

  private Safetensors() {}

  /**
   * The tensors of a file by name.
   *
   * @param name what messages call the file
   * @throws ModelException when the file is missing, no safetensors file, or shorter than its
   *     header says
   */
  static Map<String, StoredTensor> read(Path file, String name) {
    if (!Files.isRegularFile(file)) {
      throw new ModelException(
          "The weights %s are missing: download the whole checkpoint.".formatted(name));
    }
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      if (size < 8) {
        throw new ModelException(truncated(name, size, 8));
      }
      long headerBytes = bytes(channel, 0, 8).getLong();
      if (headerBytes < 2 || headerBytes > MOST_HEADER_BYTES) {
        throw new ModelException(
            "%s is no safetensors file: its header would be %d bytes long."
                .formatted(name, headerBytes));
      }
      if (8 + headerBytes > size) {
        throw new ModelException(truncated(name, size, 8 + headerBytes));
      }
      byte[] header = bytes(channel, 8, (int) headerBytes).array();
      Map<String, StoredTensor> tensors =
          parse(file, name, new String(header, StandardCharsets.UTF_8), 8 + headerBytes);
      long end = 8 + headerBytes;
      for (StoredTensor tensor : tensors.values()) {
        end = Math.max(end, tensor.offset() + tensor.bytes());
      }
      if (end > size) {
        throw new ModelException(truncated(name, size, end));
      }
      return tensors;
    } catch (IOException e) {
      throw new ModelException(
          "The weights %s cannot be read: %s.".formatted(name, e.getMessage()), e);
    }
  }

  private static String truncated(String name, long size, long needed) {
    return "The weights %s are truncated: %d bytes, but the header needs %d. Download the file again."
        .formatted(name, size, needed);
  }

  private static ByteBuffer bytes(FileChannel channel, long from, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new EOFException("it became shorter while it was read");
      }
    }
    return buffer.flip();
  }

  private static Map<String, StoredTensor> parse(Path file, String name, String header, long data) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    try {
      JsonObject entries = JsonParser.parseString(header).getAsJsonObject();
      for (Map.Entry<String, JsonElement> entry : entries.entrySet()) {
        if (!entry.getKey().equals("__metadata__")) {
          tensors.put(
              entry.getKey(),
              tensor(file, name, entry.getKey(), entry.getValue().getAsJsonObject(), data));
        }
      }
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | NullPointerException
        | NumberFormatException
        | IndexOutOfBoundsException
        | ArithmeticException e) {
      throw new ModelException(
          "%s is no safetensors file: its header is not of that form (%s)."
              .formatted(name, e.getMessage()),
          e);
    }
    return tensors;
  }

  private static StoredTensor tensor(
      Path file, String fileName, String name, JsonObject entry, long data) {
    List<Long> shape = new ArrayList<>();
    for (JsonElement size : entry.getAsJsonArray("shape")) {
      shape.add(size.getAsLong());
    }
    JsonArray offsets = entry.getAsJsonArray("data_offsets");
    long begin = offsets.get(0).getAsLong();
    long end = offsets.get(1).getAsLong();
    String type = entry.get("dtype").getAsString();
    StoredTensor tensor = new StoredTensor(file, type, shape, data + begin, end - begin);
    int width = ElementType.stored(type).map(ElementType::bytes).orElse(0);
    boolean whole = width == 0 || tensor.elements() * width == tensor.bytes();
    if (begin < 0 || end < begin || !whole) {
      throw new ModelException(
          "The header of %s is damaged: tensor %s of shape %s (%s) cannot lie at [%d, %d)."
              .formatted(fileName, name, shape, type, begin, end));
    }
    return tensor;
  }
}
