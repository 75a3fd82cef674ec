/**
 * Tracing of transfers as decorators of the swarm's ports: a fetch, its dials, its manifest, and the chunks that go either way, one span for
 * a session rather than for a chunk. A node without tracing loads none of them, and the swarm does not know that they exist.
 */
@NullMarked
package io.cairn.transfer.swarm.trace;

import org.jspecify.annotations.NullMarked;
