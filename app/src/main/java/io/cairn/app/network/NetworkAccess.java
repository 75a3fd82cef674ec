package io.cairn.app.network;

import io.cairn.dht.crypto.NetworkKeys;
import io.cairn.dht.wire.NetworkId;
import org.jspecify.annotations.Nullable;

/**
 * What admits a node to its network.
 *
 * @param keys of a private network; null if the network is open
 */
public record NetworkAccess(NetworkId id, @Nullable NetworkKeys keys) {}
