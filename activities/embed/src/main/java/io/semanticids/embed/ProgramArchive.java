package io.semanticids.embed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A program as the archive that PyTorch loads: a stored zip of the text, an empty module with one
 * attribute {@code w}, an empty list of tensors, and a few constants.
 */
final class ProgramArchive {
  private ProgramArchive() {}

  static byte[] of(TensorProgram program) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "data.pkl", module(program.name()));
      store(zip, "code/__torch__.py", program.text());
      // Protocol 2, an empty tuple.
      store(zip, "constants.pkl", "\u0080\u0002).");
      store(zip, "version", "10\n");
      store(zip, "byteorder", "little");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * A pickle, protocol 2: an object of the class, made from no arguments, whose state is {@code
   * {training: False, w: build_tensorlist([])}}.
   */
  private static String module(String name) {
    return "\u0080\u0002c__torch__\n"
        + name
        + "\nq\u0000)\u0081}("
        + key("training")
        + "q\u0001\u0089"
        + key("w")
        + "ctorch.jit._pickle\nbuild_tensorlist\n(]tRubq\u0002.";
  }

  private static String key(String name) {
    return "X" + (char) name.length() + "\u0000\u0000\u0000" + name;
  }

  private static void store(ZipOutputStream zip, String name, String text) throws IOException {
    // Pickles are bytes, programs ASCII (paths are escaped): one byte a character either way.
    byte[] content = text.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry("program/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
