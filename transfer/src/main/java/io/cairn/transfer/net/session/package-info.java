/**
 * The bytes of one connection: frames, chunks, rates, congestion control. It knows the protocol and the swarm's port that it implements.
 */
@NullMarked
package io.cairn.transfer.net.session;

import org.jspecify.annotations.NullMarked;
