package io.semanticids.workflows.activity;

/** A stage and where it is to be computed. */
public record StageInput(RunContext context, Stage stage) {}
