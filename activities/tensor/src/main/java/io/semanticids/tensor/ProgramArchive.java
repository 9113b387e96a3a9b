package io.semanticids.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive made from the text of a program: a stored zip of the pickle of an empty
 * module, the program, no constants, the format's version and the byte order.
 */
final class ProgramArchive {
  private static final String ROOT = "program/";

  private ProgramArchive() {}

  /**
   * The archive of the resource {@code <name in lower case>.py}, which defines one class, {@code
   * name}, in the notation that TorchScript itself writes.
   */
  static byte[] of(String name) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
        zip.setMethod(ZipOutputStream.STORED);
        put(zip, "data.pkl", module(name));
        put(zip, "code/__torch__.py", program(name));
        put(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
        put(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
        put(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("The program " + name + " cannot be packed.", e);
    }
  }

  /** A pickle (protocol 2) of {@code __torch__.<name>} with the state {@code {training: False}}. */
  private static byte[] module(String name) {
    String pickle =
        "\u0080\u0002c__torch__\n" + name + "\nq\0)\u0081}(X\b\0\0\0trainingq\1\u0089ubq\2.";
    return pickle.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] program(String name) throws IOException {
    String resource = name.toLowerCase(Locale.ROOT) + ".py";
    try (InputStream in = ProgramArchive.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("The resource " + resource + " is not on the class path.");
      }
      return in.readAllBytes();
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(ROOT + name);
    entry.setTime(0);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
