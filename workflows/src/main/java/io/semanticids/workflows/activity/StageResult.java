package io.semanticids.workflows.activity;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A finished stage.
 *
 * @param facts what the workflow and later stages need to know; small
 * @param seconds of computation in planning and finishing
 */
public record StageResult(Artifact artifact, JsonNode facts, double seconds) {}
