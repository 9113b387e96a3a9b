package io.semanticids.workflows.activity;

/**
 * What became of a task.
 *
 * @param computed units computed here
 * @param adopted units that were found committed
 * @param seconds of computation
 * @param attempts attempts of the task
 */
public record TaskResult(int computed, int adopted, double seconds, int attempts) {}
