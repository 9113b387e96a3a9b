package io.semanticids.publish;

import java.io.Closeable;
import java.io.IOException;

/** A file that takes items in row order. Complete when it is closed. */
interface IdSink extends Closeable {
  /** Appends items {@code [from, to)} of a block. */
  void write(CodeBlock block, int from, int to) throws IOException;
}
