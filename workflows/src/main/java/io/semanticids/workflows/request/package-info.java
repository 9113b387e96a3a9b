/** The request: its record, defaults, schema and validation. Pure: no I/O, no clock. */
package io.semanticids.workflows.request;
