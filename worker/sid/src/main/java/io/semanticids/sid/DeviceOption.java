package io.semanticids.sid;

import io.semanticids.embed.EmbeddingDevice;
import io.semanticids.embed.ModelException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What checkpoints embed on. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "D",
      defaultValue = "cpu",
      converter = Converter.class,
      description = {
        "What a checkpoint embeds on: cpu (default), cuda or cuda:N; one process a GPU.",
        "minilm and the numeric stages always use the processor."
      })
  private EmbeddingDevice device = EmbeddingDevice.CPU;

  EmbeddingDevice device() {
    return device;
  }

  /** Refuses a device that is not there before anything is begun. */
  static final class Converter implements ITypeConverter<EmbeddingDevice> {
    @Override
    public EmbeddingDevice convert(String value) {
      try {
        return EmbeddingDevice.parse(value).require();
      } catch (IllegalArgumentException | ModelException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
