package io.semanticids.workflows.activity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a catalogue are read.
 *
 * @param id the field that identifies a row
 * @param text the fields of the text, joined in this order
 * @param separator what stands between them
 * @param group the field of the product group, null for none
 * @param optional those of the above that may be missing from the catalogue (because they are
 *     defaults)
 */
public record Columns(
    String id, List<String> text, String separator, @Nullable String group, List<String> optional) {
  public Columns {
    text = List.copyOf(text);
    optional = List.copyOf(optional);
  }
}
