/**
 * The program as people use it: {@code bin/sid} started as a process, its outputs read by other
 * means than its own code. Run by {@code mvn verify -Pe2e}.
 */
package io.semanticids.sid.e2e;
