/** Workflow contracts and implementations: what is durable, in which order, with which timeouts. */
package io.semanticids.workflows;
