/**
 * The port between the swarm and a wire: sessions with peers, the blocks they exchange, and why one refuses. It knows manifests and
 * identifiers, and no message of any protocol.
 */
@NullMarked
package io.cairn.transfer.swarm.port;

import org.jspecify.annotations.NullMarked;
