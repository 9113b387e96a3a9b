package io.semanticids.catalogue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the ids of rows: none missing, no two equal, over training and test rows together, because
 * published maps are keyed by id. Where no row at all has an id and the field was not named by
 * anybody, ids are row numbers.
 */
final class RowIds {
  private static final int LONGEST = 80;

  private final CatalogueFields fields;
  private final Problems problems;
  private final Places places;
  private final HashIndex known = new HashIndex();
  private final List<String> without = new ArrayList<>();
  private long withoutCount;
  private long withCount;
  private @Nullable Boolean trainHasIds;

  RowIds(CatalogueFields fields, Problems problems, Places places) {
    this.fields = fields;
    this.problems = problems;
    this.places = places;
  }

  /**
   * Takes the id of a row.
   *
   * @param value the field's value, null if there is none
   * @param single whether the value is one text or number
   * @param row the row's number
   * @return the id to use
   */
  String take(SourceFile file, RowReader reader, @Nullable String value, boolean single, long row) {
    if (value == null || value.isEmpty()) {
      withoutCount++;
      if (without.size() < CatalogueException.TOLD) {
        without.add(file.name() + ", " + reader.place());
      }
      return Long.toString(row);
    }
    withCount++;
    if (!single) {
      problems.addRow(
          "%s, %s has the id %s. An id is a text or a number."
              .formatted(file.name(), reader.place(), shortened(value)));
      return value;
    }
    int first = known.put(value, (int) row);
    if (first != row) {
      String again = file.name() + ", " + reader.place();
      places.name(first);
      problems.addRow(
          () ->
              "The id \"%s\" is at %s and again at %s. Ids must be unique over training and test rows."
                  .formatted(shortened(value), places.of(first), again));
    }
    return value;
  }

  /** Takes rows that cannot have ids. */
  void takeNumbers(long rows) {
    withoutCount += rows;
  }

  /**
   * Ends the training rows or the test rows.
   *
   * @param dataset names them
   * @param vectors whether they are bare matrices, which have no fields
   */
  void endSplit(String dataset, boolean vectors) {
    boolean hasIds = withCount > 0;
    if (hasIds && withoutCount > 0) {
      for (String place : without) {
        problems.addRow(
            "%s has no value in the field \"%s\". Every row needs an id."
                .formatted(place, fields.id()));
      }
      problems.count(withoutCount - without.size());
    } else if (!hasIds && vectors && withoutCount > 0 && fields.required(fields.id())) {
      problems.add(
          "%s has no field \"%s\": a matrix has no fields. Leave out id; ids are row numbers then."
              .formatted(dataset, fields.id()));
    }
    if (trainHasIds != null && trainHasIds != hasIds && withCount + withoutCount > 0) {
      problems.add(
          "The %s rows have ids (field \"%s\"), the %s rows have none. Give ids to both or to neither."
              .formatted(hasIds ? "test" : "training", fields.id(), hasIds ? "training" : "test"));
    }
    trainHasIds = hasIds;
    without.clear();
    withCount = 0;
    withoutCount = 0;
  }

  private static String shortened(String id) {
    return id.length() > LONGEST ? id.substring(0, LONGEST) + "…" : id;
  }
}
