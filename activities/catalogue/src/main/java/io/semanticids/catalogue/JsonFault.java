package io.semanticids.catalogue;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/** What is wrong with malformed JSON, in one line. */
final class JsonFault {
  private static final int LONGEST = 160;

  private JsonFault() {}

  static String of(JsonProcessingException e) {
    String fault = e.getOriginalMessage().replaceAll("\\s+", " ");
    if (fault.length() > LONGEST) {
      fault = fault.substring(0, LONGEST) + "…";
    }
    JsonLocation at = e.getLocation();
    String column = at == null ? "" : " (column " + at.getColumnNr() + ")";
    return fault + column + ".";
  }
}
