package io.semanticids.catalogue;

import java.util.ArrayList;
import java.util.List;

/**
 * The fields that are looked up in each row, each name once, and their roles.
 *
 * @param names the fields' names
 * @param id the position of the id
 * @param text the positions of the texts, in the order in which they are joined; none for vectors
 * @param group the position of the product group, -1 for none
 */
record Wanted(List<String> names, int id, int[] text, int group) {
  static Wanted of(CatalogueFields fields, CatalogueKind kind) {
    List<String> names = new ArrayList<>();
    int id = position(names, fields.id());
    int[] text =
        kind == CatalogueKind.VECTORS
            ? new int[0]
            : fields.text().stream().mapToInt(name -> position(names, name)).toArray();
    int group = fields.group() == null ? -1 : position(names, fields.group());
    return new Wanted(List.copyOf(names), id, text, group);
  }

  private static int position(List<String> names, String name) {
    if (!names.contains(name)) {
      names.add(name);
    }
    return names.indexOf(name);
  }
}
