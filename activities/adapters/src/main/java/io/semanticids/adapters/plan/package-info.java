/** What a run will take and can reach, said before it is started. Pure: figures in, figures out. */
@NullMarked
package io.semanticids.adapters.plan;

import org.jspecify.annotations.NullMarked;
