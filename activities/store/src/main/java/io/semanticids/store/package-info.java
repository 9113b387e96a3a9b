/**
 * Immutable objects below the roots that a process may touch (local folders and S3), the markers
 * and manifests that say which work is done, a checked local cache, and the column files that hold
 * rows.
 *
 * <p>An object is created once and never overwritten; its bytes become visible when they are
 * complete. The only truth about finished work is a marker or a manifest: no listing is needed for
 * correctness. Formats: {@code docs/store.md}.
 */
package io.semanticids.store;
