package io.semanticids.adapters;

import io.semanticids.balance.BalancedLevel;
import io.semanticids.balance.FittedLevel;
import io.semanticids.balance.RepairResult;
import io.semanticids.store.PartContent;
import io.semanticids.tensor.Codewords;
import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.Level;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The objects that describe one level. Every stage that ends in a level ({@code fit}, {@code
 * fit-level}, {@code soft-loads}, {@code repair}, {@code group}) commits one whose first section is
 * the level itself; what follows is the stage's own. Big-endian, as {@link DataOutput}.
 */
final class LevelFiles {
  private LevelFiles() {}

  /** Writes a section. */
  @FunctionalInterface
  interface Writer {
    void write(DataOutput out) throws IOException;
  }

  /** Reads a section. */
  @FunctionalInterface
  interface Reader<T> {
    T read(DataInput in) throws IOException;
  }

  /** Commits a binary object as a part of the stage in hand. */
  static void commit(StageScope scope, int part, Writer writer) {
    scope.commit(
        part,
        "bin",
        file -> {
          write(file, writer);
          return new PartContent(0, Json.object());
        });
  }

  static void write(Path file, Writer writer) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
      writer.write(out);
    }
  }

  /** Reads a part of an artifact. */
  static <T> T read(StageScope scope, Artifact artifact, int part, Reader<T> reader) {
    Path file = scope.file(artifact, part);
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      return reader.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** The part that holds the level: its number is in the artifact's facts. */
  private static int levelPart(StageScope scope, Artifact artifact) {
    return scope.facts(artifact).path("levelPart").asInt();
  }

  private record Section(Artifact artifact, Class<?> type) {}

  /** Reads the part that holds the level, once in a task. */
  private static <T> T once(StageScope scope, Artifact artifact, Class<T> type, Reader<T> reader) {
    return scope.once(
        new Section(artifact, type),
        () -> read(scope, artifact, levelPart(scope, artifact), reader));
  }

  /** The level that any of these stages ended in. */
  static BalancedLevel level(StageScope scope, Artifact artifact) {
    return once(scope, artifact, BalancedLevel.class, BalancedLevel::read);
  }

  /** Writes codes of rows, two bytes each, behind the level that they are of. */
  static void writeCodes(DataOutput out, int[] codes) throws IOException {
    out.writeInt(codes.length);
    for (int code : codes) {
      out.writeShort(code);
    }
  }

  /** The codes of its sample that a {@code fit} ended with. */
  static int[] sampleCodes(StageScope scope, Artifact fit) {
    return read(
        scope,
        fit,
        levelPart(scope, fit),
        in -> {
          BalancedLevel.read(in);
          int[] codes = new int[in.readInt()];
          for (int i = 0; i < codes.length; i++) {
            codes[i] = in.readUnsignedShort();
          }
          return codes;
        });
  }

  /** The level and the plan of its repair. */
  static FittedLevel fitted(StageScope scope, Artifact artifact) {
    return once(scope, artifact, FittedLevel.class, FittedLevel::read);
  }

  /** The repair of a level. */
  static RepairResult repair(StageScope scope, Artifact artifact) {
    return once(
        scope,
        artifact,
        RepairResult.class,
        in -> {
          BalancedLevel.read(in);
          return RepairResult.read(in);
        });
  }

  /** Codewords of finished levels, in order. */
  static List<Codewords> codewords(StageScope scope, List<Level> levels) {
    return levels.stream().map(level -> level(scope, level.codewords()).codewords()).toList();
  }
}
