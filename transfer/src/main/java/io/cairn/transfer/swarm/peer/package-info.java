/** What the swarm knows of its peers: what each has, what each may take, and how far each is trusted. It knows the port, and no fetch. */
@NullMarked
package io.cairn.transfer.swarm.peer;

import org.jspecify.annotations.NullMarked;
