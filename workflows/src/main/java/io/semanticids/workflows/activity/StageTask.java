package io.semanticids.workflows.activity;

/**
 * Units of a stage to compute, in this order, each committed on its own.
 *
 * @param finish whether the task also finishes the stage, if nothing else is left to compute then
 */
public record StageTask(
    RunContext context, Stage stage, String fingerprint, UnitRange units, boolean finish) {}
