package io.semanticids.publish;

import java.io.Closeable;
import java.io.IOException;

/** A file that takes items in row order. Closed before it is finished, it is abandoned. */
interface IdSink extends Closeable {
  /** Appends items {@code [from, to)} of a block. */
  void write(CodeBlock block, int from, int to) throws IOException;

  /** Completes the file; nothing is written after it. */
  void finish() throws IOException;
}
