package io.cairn.app.network;

import io.cairn.dht.id.Endpoint;
import java.net.InetAddress;
import java.util.List;

/**
 * A bootstrap node that the user named and that has not answered.
 *
 * @param trouble the problem with it, as a clause
 * @param endpoints its known addresses
 */
public record SilentBootstrap(String trouble, List<Endpoint> endpoints) {
    public SilentBootstrap {
        endpoints = List.copyOf(endpoints);
    }

    boolean isAt(InetAddress address) {
        return endpoints.stream().anyMatch(endpoint -> endpoint.address().equals(address));
    }
}
