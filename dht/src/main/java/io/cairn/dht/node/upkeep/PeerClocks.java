package io.cairn.dht.node.upkeep;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far the clocks of peers are ahead of this machine's, as their signed answers show: late by the way of the answer, some milliseconds.
 * One for each address, the latest.
 */
public final class PeerClocks {
    /** Enough for a median that a few liars do not move. */
    private static final int ADDRESSES_MAX = 64;

    private final Map<InetAddress, Long> aheadMillis = new LinkedHashMap<>();

    /** A verified answer. */
    public void heard(InetAddress from, long ahead) {
        aheadMillis.remove(from);
        aheadMillis.put(from, ahead);
        if (aheadMillis.size() > ADDRESSES_MAX) {
            aheadMillis.remove(aheadMillis.keySet().iterator().next());
        }
    }

    /** Milliseconds, negative for clocks that are behind; the latest heard last. */
    public List<Long> aheadMillis() {
        return List.copyOf(aheadMillis.values());
    }
}
