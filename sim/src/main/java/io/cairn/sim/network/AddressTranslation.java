package io.cairn.sim.network;

import io.cairn.dht.id.Endpoint;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a NAT does to the host behind it: it is heard by all, and hears only those whom it has sent something lately (RFC 4787, mapping
 * kept by outbound traffic, filtering by address and port).
 */
final class AddressTranslation {
    private final Map<Endpoint, Long> openings = new LinkedHashMap<>();
    private final long openMillis;

    /**
     * @param openMillis how long after a datagram went out answers to it get in: common are 30,000 to 300,000
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
