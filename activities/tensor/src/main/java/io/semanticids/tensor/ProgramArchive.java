package io.semanticids.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The text of a program as the archive that PyTorch loads: a stored zip of the text, the pickle of
 * a module without weights, no constants, the format's version and the byte order.
 */
public final class ProgramArchive {
  private ProgramArchive() {}

  /**
   * The archive of a program.
   *
   * @param name of the one class that the program defines
   * @param text in the notation that TorchScript itself writes, ASCII
   * @param lists those attributes of the class that are lists of tensors: empty at first. All names
   *     have at most 127 characters
   */
  public static byte[] of(String name, String text, String... lists) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "data.pkl", module(name, lists));
      store(zip, "code/__torch__.py", text);
      // Protocol 2, an empty tuple.
      store(zip, "constants.pkl", "\u0080\u0002).");
      store(zip, "version", "10\n");
      store(zip, "byteorder", "little");
    } catch (IOException e) {
      throw new UncheckedIOException("The program " + name + " cannot be packed.", e);
    }
    return bytes.toByteArray();
  }

  /**
   * A pickle, protocol 2: an object of the class {@code __torch__.<name>}, made from no arguments,
   * whose state is {@code {training: False}} and {@code build_tensorlist([])} for each list.
   */
  private static String module(String name, String... lists) {
    StringBuilder pickle = new StringBuilder();
    pickle.append("\u0080\u0002c__torch__\n").append(name).append("\n)\u0081}(");
    pickle.append(key("training")).append('\u0089');
    for (String list : lists) {
      pickle.append(key(list)).append("ctorch.jit._pickle\nbuild_tensorlist\n(]tR");
    }
    return pickle.append("ub.").toString();
  }

  private static String key(String name) {
    return "X" + (char) name.length() + "\u0000\u0000\u0000" + name;
  }

  private static void store(ZipOutputStream zip, String name, String text) throws IOException {
    // Pickles are bytes, programs ASCII: one byte a character either way.
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
