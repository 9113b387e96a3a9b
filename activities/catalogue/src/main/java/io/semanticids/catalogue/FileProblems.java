package io.semanticids.catalogue;

/** Problems of one file: each begins with its name. */
record FileProblems(String file, Problems problems) {
  /** A problem of the file. */
  void add(String problem) {
    problems.add(file + " " + problem);
  }

  /** A problem of a line or row. */
  void at(String place, String problem) {
    problems.addRow(file + ", " + place + " " + problem);
  }
}
