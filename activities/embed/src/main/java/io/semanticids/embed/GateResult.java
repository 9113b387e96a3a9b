package io.semanticids.embed;

/**
 * What the gate saw.
 *
 * @param texts how many were compared
 * @param minCosine the smallest cosine between a text's vector alone and in company, at most 1
 * @param maxDifference the largest difference of two values, 0 when all are equal to the byte
 * @param threshold what the cosines had to reach
 */
public record GateResult(int texts, double minCosine, double maxDifference, double threshold) {}
