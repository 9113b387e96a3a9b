/**
 * The Temporal activities: each opens references, calls the pure code of one stage, commits, and
 * returns a small record. Checkpoints, heartbeats, fingerprints and the mapping of failures live
 * here and nowhere else.
 */
package io.semanticids.adapters;
