package io.cairn.transfer.swarm.port;

import io.cairn.dht.id.Endpoint;

/** A peer and where it listens, as stated by another peer. */
public record PeerAddress(PeerId peer, Endpoint endpoint) {}
