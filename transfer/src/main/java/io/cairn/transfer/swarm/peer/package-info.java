/**
 * The swarm's knowledge of its peers: what each has, what each may receive, and how far each is trusted. It knows the port, but no fetch.
 */
@NullMarked
package io.cairn.transfer.swarm.peer;

import org.jspecify.annotations.NullMarked;
