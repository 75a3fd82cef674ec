package io.cairn.sim.network;

import io.cairn.dht.id.Endpoint;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The effect of a NAT on the host behind it: all others hear it, but it hears only hosts to which it has sent something lately (RFC 4787,
 * mapping refreshed by outbound traffic, filtering by address and port).
 */
final class AddressTranslation {
    private final Map<Endpoint, Long> openings = new LinkedHashMap<>();
    private final long openMillis;

    /**
     * @param openMillis how long after an outbound datagram answers are let in: usually 30,000 to 300,000
     */
    AddressTranslation(long openMillis) {
        this.openMillis = openMillis;
    }

    void sent(Endpoint to, long nowMillis) {
        openings.remove(to);
        openings.put(to, nowMillis);
        openings.values().removeIf(sinceMillis -> sinceMillis < nowMillis - openMillis);
    }

    boolean admits(Endpoint from, long nowMillis) {
        Long sinceMillis = openings.get(from);
        return sinceMillis != null && sinceMillis >= nowMillis - openMillis;
    }
}
