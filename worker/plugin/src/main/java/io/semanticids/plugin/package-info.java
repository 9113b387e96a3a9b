/**
 * The plugin that brings our workflows and activities into anybody's Temporal worker, and nothing
 * else.
 */
@NullMarked
package io.semanticids.plugin;

import org.jspecify.annotations.NullMarked;
