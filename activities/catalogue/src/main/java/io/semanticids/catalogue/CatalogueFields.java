package io.semanticids.catalogue;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a catalogue are read.
 *
 * @param id the field that identifies a row: texts or numbers, no two equal over training and test
 *     rows
 * @param text the fields whose values make up a row's text, joined in this order; unused where
 *     vectors are given
 * @param separator what stands between two of them; values that are empty or blank are left out
 * @param group the field of the product group, null for none
 * @param optional those of the above that the catalogue may lack, because they are defaults that
 *     nobody named
 */
public record CatalogueFields(
    String id, List<String> text, String separator, @Nullable String group, Set<String> optional) {
  public CatalogueFields {
    text = List.copyOf(text);
    optional = Set.copyOf(optional);
    if (id.isEmpty()) {
      throw new IllegalArgumentException("The name of the id field must not be empty.");
    }
    if (text.isEmpty()) {
      throw new IllegalArgumentException("The list of text fields must not be empty.");
    }
    if (text.contains("")) {
      throw new IllegalArgumentException("The name of a text field must not be empty: " + text);
    }
    if (group != null && group.isEmpty()) {
      throw new IllegalArgumentException("The name of the group field must not be empty.");
    }
  }

  /** Whether the catalogue must have this field. */
  boolean required(String field) {
    return !optional.contains(field);
  }
}
