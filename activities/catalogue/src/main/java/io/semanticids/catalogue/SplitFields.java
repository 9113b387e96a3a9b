package io.semanticids.catalogue;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Counts which of the wanted fields have values in the training rows or in the test rows. */
final class SplitFields {
  private final CatalogueFields fields;
  private final Wanted wanted;
  private final long[] values;
  private final Set<String> columns = new LinkedHashSet<>();
  private long rows;

  SplitFields(CatalogueFields fields, Wanted wanted) {
    this.fields = fields;
    this.wanted = wanted;
    this.values = new long[wanted.names().size()];
  }

  /** Counts a row. */
  void count(RowReader row) {
    rows++;
    for (int i = 0; i < values.length; i++) {
      values[i] += row.value(i) == null ? 0 : 1;
    }
  }

  /** Adds the fields that a file has. */
  void addColumns(Collection<String> names) {
    columns.addAll(names);
  }

  /** Whether a field has a value in some row. */
  boolean hasValues(String field) {
    int position = wanted.names().indexOf(field);
    return position >= 0 && values[position] > 0;
  }

  /**
   * Tells the fields that must exist and do not, or have no value at all.
   *
   * @param dataset names the rows
   */
  void check(String dataset, Problems problems) {
    if (rows == 0) {
      return;
    }
    for (String name : wanted.names()) {
      if (fields.required(name) && !hasValues(name)) {
        problems.add(
            columns.contains(name)
                ? "The field \"%s\" of %s is null in all %,d rows. Name a field that has values."
                    .formatted(name, dataset, rows)
                : "%s has no field \"%s\". %s"
                    .formatted(dataset, name, NearestName.hint(name, columns)));
      }
    }
    boolean texts = wanted.text().length > 0;
    if (texts
        && fields.text().stream().noneMatch(fields::required)
        && fields.text().stream().noneMatch(this::hasValues)) {
      problems.add(
          "%s has no text: none of its %,d rows has a value in %s. Name the fields with text. %s"
              .formatted(
                  dataset,
                  rows,
                  String.join(" or ", fields.text()),
                  NearestName.hint(fields.text().get(0), columns)));
    }
  }
}
