package io.cairn.transfer.swarm.port;

import io.cairn.dht.id.Endpoint;

/** A peer and where it listens, as another peer says. */
public record PeerAddress(PeerId peer, Endpoint endpoint) {}
