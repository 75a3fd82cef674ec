package io.cairn.transfer.swarm.peer;

import io.cairn.dht.id.AddressScope;
import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.swarm.port.DialFailure;
import io.cairn.transfer.swarm.port.PeerId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The results of dials, over all fetches of the node, so that a peer that puts a third party's address into records or peer lists cannot
 * make this node a nuisance there. A peer or endpoint that fails is redialled at doubling intervals. All endpoints of an address together
 * may fail a few times; then the address is also dialled only once per doubling interval, except for endpoints that rest on more than a
 * stranger's word. An answer clears endpoint and address. Loopback addresses stand for one machine with many nodes and are not counted
 * together. Remembers the last few thousand. Confined to the loop.
 */
public final class DialHistory {
    /** A peer that returns is dialled after this many milliseconds at the latest. */
    static final int AGAIN_MILLIS_MAX = 30_000;

    /** A node that briefly had no room is retried soon, a few times, in milliseconds. */
    private static final int ROOM_AGAIN_MILLIS = 500;

    private final int againMillis;
    private final Map<Object, Past> pasts = new LinkedHashMap<>(); // by endpoint, address, or peer

    /** @param againMillis until the redial after a first failure */
    DialHistory(int againMillis) {
        this.againMillis = againMillis;
    }

    private static final class Past {
        private int failures;
        private int underWay;
        private boolean isVouchedFor;
        private long notBeforeMillis = Long.MIN_VALUE;
        private @Nullable DialFailure last;
    }

    /** Whether a peer may be dialled now, at any endpoint. */
    public boolean isDue(PeerId peer, long nowMillis) {
        return isPastDue(peer, nowMillis);
    }

    /** Whether an endpoint may be dialled now. */
    public boolean isDue(Endpoint endpoint, long nowMillis) {
        return isPastDue(endpoint, nowMillis) && (standsAlone(endpoint) || isPastDue(endpoint.address(), nowMillis));
    }

    /** Whether another dial of the endpoint's address may start. */
    boolean hasRoom(Endpoint endpoint) {
        Past address = standsAlone(endpoint) ? null : pasts.get(endpoint.address());
        return address == null
                || address.underWay == 0
                || address.failures + address.underWay < SwarmLimits.ADDRESS_FAILURES_MAX;
    }

    /** Why the last dial of an endpoint failed; null if it succeeded, or if it was never dialled. */
    @Nullable
    public DialFailure lastFailure(Endpoint endpoint) {
        Past past = pasts.get(endpoint);
        return past == null ? null : past.last;
    }

    /** The consecutive failures of a peer, or of an endpoint whose peer is unknown. */
    public int failures(Object peerOrEndpoint) {
        Past past = pasts.get(peerOrEndpoint);
        return past == null ? 0 : past.failures;
    }

    /** A dial of an endpoint starts. */
    void begun(Endpoint endpoint, long nowMillis) {
        Past past = past(endpoint);
        past.underWay++;
        past.notBeforeMillis = nowMillis + grown(againMillis, past.failures, AGAIN_MILLIS_MAX);
        past(endpoint.address()).underWay++;
    }

    /** The node at an endpoint answered. */
    void answered(Endpoint endpoint) {
        ended(endpoint);
        forgive(endpoint);
        forgive(endpoint.address());
    }

    /** A dial has failed. */
    void failed(Endpoint endpoint, DialFailure failure, long nowMillis) {
        ended(endpoint);
        Past past = past(endpoint);
        past.last = failure;
        past.isVouchedFor = false;
        if (isToldThere(failure)) {
            count(past, failure, nowMillis);
            Past address = past(endpoint.address());
            address.failures++;
            int tooMany = address.failures - SwarmLimits.ADDRESS_FAILURES_MAX;
            if (tooMany >= 0) {
                address.notBeforeMillis = nowMillis + grown(againMillis, tooMany, SwarmLimits.ADDRESS_AGAIN_MILLIS_MAX);
            }
        }
    }

    /** A peer has been reached, or states new endpoints. */
    public void forget(PeerId peer) {
        pasts.remove(peer);
    }

    /** A peer was not reached at any of its endpoints. */
    void failed(PeerId peer, DialFailure failure, long nowMillis) {
        if (isToldThere(failure)) {
            count(past(peer), failure, nowMillis);
        }
    }

    /** There is reason to believe that a node is there now: it was heard from there, or the user named it. */
    public void vouchFor(Endpoint endpoint) {
        forgive(endpoint);
        past(endpoint).isVouchedFor = true;
    }

    private void forgive(Object key) {
        Past past = pasts.get(key);
        if (past != null) {
            past.failures = 0;
            past.last = null;
            past.notBeforeMillis = Long.MIN_VALUE;
        }
    }

    private void ended(Endpoint endpoint) {
        past(endpoint).underWay--;
        past(endpoint.address()).underWay--;
    }

    private void count(Past past, DialFailure failure, long nowMillis) {
        past.failures++;
        boolean hasNoRoom = failure.kind() == DialFailure.Kind.NOT_GREETED && past.failures <= 3;
        past.notBeforeMillis = hasNoRoom
                ? nowMillis + grown(ROOM_AGAIN_MILLIS, past.failures - 1, AGAIN_MILLIS_MAX)
                : Math.max(past.notBeforeMillis, nowMillis + grown(againMillis, past.failures - 1, AGAIN_MILLIS_MAX));
    }

    private boolean isPastDue(Object key, long nowMillis) {
        Past past = pasts.get(key);
        return past == null || nowMillis >= past.notBeforeMillis;
    }

    private Past past(Object key) {
        Past past = pasts.get(key);
        if (past == null) {
            past = new Past();
            pasts.put(key, past);
            forgetOldest();
        }
        return past;
    }

    private void forgetOldest() {
        Iterator<Past> oldest = pasts.values().iterator();
        while (pasts.size() > SwarmLimits.DIALS_REMEMBERED_MAX && oldest.hasNext()) {
            if (oldest.next().underWay == 0) {
                oldest.remove();
            }
        }
    }

    private static long grown(int millis, int times, int most) {
        return Math.min(most, (long) millis << Math.min(times, 20));
    }

    private boolean standsAlone(Endpoint endpoint) {
        Past past = pasts.get(endpoint);
        return past != null && past.isVouchedFor || AddressScope.of(endpoint.address()) == AddressScope.MACHINE;
    }

    /** Whether the dial sent anything from this machine. */
    private static boolean isToldThere(DialFailure failure) {
        return switch (failure.kind()) {
            case LOCAL, THIS_NODE, UNREACHABLE -> false;
            default -> true;
        };
    }
}
