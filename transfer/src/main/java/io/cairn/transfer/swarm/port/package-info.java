/**
 * The port between the swarm and a wire: sessions with peers, the blocks they exchange, and reasons for refusals. It knows manifests and
 * identifiers, but no message of any protocol.
 */
@NullMarked
package io.cairn.transfer.swarm.port;

import org.jspecify.annotations.NullMarked;
