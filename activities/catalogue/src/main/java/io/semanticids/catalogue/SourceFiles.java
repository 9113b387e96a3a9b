package io.semanticids.catalogue;

import io.semanticids.store.Location;
import io.semanticids.store.ObjectInfo;
import io.semanticids.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the files of a catalogue: one file, or all of a folder or prefix. */
final class SourceFiles {
  private SourceFiles() {}

  /**
   * The files at a location, sorted by the UTF-8 bytes of their whole names, as the store lists
   * them. Files whose names begin with a dot or an underscore, or that lie in such a folder, are no
   * part of a catalogue.
   *
   * @return empty if there are none or not all can be read, which was told
   */
  static List<SourceFile> find(ObjectStore store, Location dataset, Problems problems) {
    List<ObjectInfo> objects = store.list(dataset);
    if (objects.isEmpty()) {
      problems.add(
          "%s does not exist, or is a folder without files. Name a file or folder that is there."
              .formatted(dataset.uri()));
      return List.of();
    }
    List<SourceFile> files = new ArrayList<>();
    boolean complete = true;
    for (ObjectInfo object : objects) {
      boolean whole = object.at().equals(dataset);
      String name = whole ? dataset.name() : dataset.relativize(object.at());
      if ((objects.size() > 1 || !whole) && hidden(name)) {
        continue;
      }
      Optional<Format> format = Format.of(name);
      if (format.isEmpty()) {
        problems.add(
            "%s is no catalogue file: its name must end in one of %s."
                .formatted(object.at().uri(), Format.known()));
        complete = false;
      } else {
        files.add(
            new SourceFile(object.at(), name, format.get(), object.bytes(), object.version()));
      }
    }
    if (complete && files.isEmpty()) {
      problems.add(
          "%s has only hidden files (names that begin with . or _). Rename what is to be read."
              .formatted(dataset.uri()));
    }
    return complete ? files : List.of();
  }

  private static boolean hidden(String name) {
    return name.startsWith(".")
        || name.startsWith("_")
        || name.contains("/.")
        || name.contains("/_");
  }
}
