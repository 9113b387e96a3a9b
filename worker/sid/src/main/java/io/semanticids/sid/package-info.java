/**
 * The program {@code sid}: its command line, the worker process, and the composition of all parts.
 * It holds no logic of its own.
 */
@NullMarked
package io.semanticids.sid;

import org.jspecify.annotations.NullMarked;
