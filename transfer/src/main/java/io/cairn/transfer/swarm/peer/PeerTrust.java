package io.cairn.transfer.swarm.peer;

import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.swarm.port.PeerId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Peers that have sent false data. One bad chunk costs a peer its trust: from then on it is asked for one chunk at a time. At the limit it
 * is banned for a while, by id and by endpoint, so that a new key alone does not help it. Remembers the last few thousand.
 */
public final class PeerTrust {
    private final int strikesMax;
    private final int banMillis;
    private final Map<PeerId, Integer> strikes = new LinkedHashMap<>();
    private final Map<Object, Long> bannedUntil = new LinkedHashMap<>();

    PeerTrust(int strikesMax, int banMillis) {
        this.strikesMax = strikesMax;
        this.banMillis = banMillis;
    }

    /**
     * Counts a bad chunk.
     *
     * @param endpoint where the peer listens, if it does
     * @return whether the peer is banned now
     */
    boolean strike(PeerId peer, @Nullable Endpoint endpoint, long nowMillis) {
        if (strikes.merge(peer, 1, Integer::sum) >= strikesMax) {
            ban(peer, endpoint, nowMillis);
            return true;
        }
        forgetOldest(strikes);
        return false;
    }

    /** Bans at once. */
    void ban(PeerId peer, @Nullable Endpoint endpoint, long nowMillis) {
        strikes.remove(peer);
        bannedUntil.put(peer, nowMillis + banMillis);
        if (endpoint != null) {
            bannedUntil.put(endpoint, nowMillis + banMillis);
        }
        forgetOldest(bannedUntil);
    }

    /** Whether the peer has sent no bad chunk recently. */
    public boolean isTrusted(PeerId peer) {
        return !strikes.containsKey(peer);
    }

    public boolean isBanned(PeerId peer, long nowMillis) {
        return isBannedNow(peer, nowMillis);
    }

    public boolean isBanned(Endpoint endpoint, long nowMillis) {
        return isBannedNow(endpoint, nowMillis);
    }

    private boolean isBannedNow(Object peerOrEndpoint, long nowMillis) {
        Long until = bannedUntil.get(peerOrEndpoint);
        if (until != null && until <= nowMillis) {
            bannedUntil.remove(peerOrEndpoint);
        }
        return until != null && until > nowMillis;
    }

    private static <K> void forgetOldest(Map<K, ?> memory) {
        while (memory.size() > SwarmLimits.LIARS_REMEMBERED_MAX) {
            memory.remove(memory.keySet().iterator().next());
        }
    }
}
