package io.semanticids.workflows.activity;

/** Units of a stage to compute, in this order, each committed on its own. */
public record StageTask(RunContext context, Stage stage, String fingerprint, UnitRange units) {}
