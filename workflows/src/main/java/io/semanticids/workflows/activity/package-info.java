/**
 * The activity contracts and the small records that cross the wire.
 *
 * <p>A run is a chain of {@linkplain Stage stages}. Each stage is described by one record, which is
 * all that its result depends on (with the format version and the device class): the record is what
 * the stage's fingerprint is taken of. A stage's work is cut into units, each committed on its own;
 * {@link StageActivities} plans, computes and finishes any stage.
 */
package io.semanticids.workflows.activity;
