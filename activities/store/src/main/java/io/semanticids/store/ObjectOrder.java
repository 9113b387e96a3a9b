package io.semanticids.store;

import java.util.Arrays;
import java.util.Comparator;

/** The order of a listing: by the UTF-8 bytes of the key, as S3 lists. */
final class ObjectOrder {
  static final Comparator<ObjectInfo> BY_KEY =
      Comparator.comparing(
          info ->
              (info.at().local() ? info.at().toString() : info.at().key()).codePoints().toArray(),
          Arrays::compare);

  private ObjectOrder() {}
}
