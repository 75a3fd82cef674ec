package io.cairn.transfer.net.session;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.crypto.NetworkKeys;
import io.cairn.dht.wire.NetworkId;
import io.cairn.transfer.net.admission.TransferLimits;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to open the transfer network.
 *
 * @param keys of the private network; null in an open one
 * @param bind local addresses to listen on; empty for all
 * @param port 0 picks one, the same for all addresses
 * @param agent program and version, told to peers; at most 64 characters
 */
public record TransferConfig(
        Identity identity,
        NetworkId network,
        @Nullable NetworkKeys keys,
        List<InetAddress> bind,
        int port,
        String agent,
        TransferLimits limits) {
    public TransferConfig {
        bind = List.copyOf(bind);
    }

    /** In an open network. */
    public TransferConfig(
            Identity identity,
            NetworkId network,
            List<InetAddress> bind,
            int port,
            String agent,
            TransferLimits limits) {
        this(identity, network, null, bind, port, agent, limits);
    }
}
