/**
 * The request: its record, defaults, schema, validation, name and fingerprint.
 *
 * <p>Pure: no I/O but the schema on the class path, no clock, no randomness. {@link
 * io.semanticids.workflows.request.RequestReader} is called from an activity, because a cold schema
 * library is slower than a workflow thread may be; what it returns, the {@linkplain
 * io.semanticids.workflows.request.BuildRequest effective request}, is recorded and drives the
 * workflow.
 */
package io.semanticids.workflows.request;
