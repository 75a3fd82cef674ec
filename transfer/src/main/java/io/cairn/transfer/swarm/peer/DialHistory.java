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
 * How dials went, of all fetches of the node: whoever names somebody else's address in records or peer lists must not make this node a
 * nuisance there. A peer or an endpoint that fails is dialled again at doubling intervals. All endpoints of an address together may
 * fail a few times; then the address is dialled once at doubling intervals too, but for the endpoints for which there is better than a
 * stranger's word. An answer makes good for endpoint and address. Loopback addresses stand for one machine with many nodes and are not
 * counted together. Remembers the latest few thousand. Confined to the loop.
 */
public final class DialHistory {
    /** A peer that comes back is dialled this late at most, in milliseconds. */
    static final int AGAIN_MILLIS_MAX = 30_000;

    /** A node that had no room for a moment is tried again soon, a few times, in milliseconds. */
    private static final int ROOM_AGAIN_MILLIS = 500;

    private final int againMillis;
    private final Map<Object, Past> pasts = new LinkedHashMap<>(); // by endpoint, address, or peer

    /** @param againMillis until what failed once is dialled again */
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

    /** Whether a peer may be dialled now, wherever it is. */
    public boolean isDue(PeerId peer, long nowMillis) {
        return isPastDue(peer, nowMillis);
    }

    /** Whether an endpoint may be dialled now. */
    public boolean isDue(Endpoint endpoint, long nowMillis) {
        return isPastDue(endpoint, nowMillis) && (standsAlone(endpoint) || isPastDue(endpoint.address(), nowMillis));
    }

    /** Whether one more dial of the endpoint's address may be under way. */
    boolean hasRoom(Endpoint endpoint) {
        Past address = standsAlone(endpoint) ? null : pasts.get(endpoint.address());
        return address == null
                || address.underWay == 0
                || address.failures + address.underWay < SwarmLimits.ADDRESS_FAILURES_MAX;
    }

    /** Why an endpoint was not reached the last time; null if it was, or was never dialled. */
    @Nullable
    public DialFailure lastFailure(Endpoint endpoint) {
        Past past = pasts.get(endpoint);
        return past == null ? null : past.last;
    }

    /** How often in a row a peer, or an endpoint whose peer is not known, was not reached. */
    public int failures(Object peerOrEndpoint) {
        Past past = pasts.get(peerOrEndpoint);
        return past == null ? 0 : past.failures;
    }

    /** An endpoint is dialled. */
    void begun(Endpoint endpoint, long nowMillis) {
        Past past = past(endpoint);
        past.underWay++;
        past.notBeforeMillis = nowMillis + grown(againMillis, past.failures, AGAIN_MILLIS_MAX);
        past(endpoint.address()).underWay++;
    }

    /** A node has greeted there. */
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

    /** A peer has been reached, or says that it is elsewhere. */
    public void forget(PeerId peer) {
        pasts.remove(peer);
    }

    /** A peer was reached at none of its endpoints. */
    void failed(PeerId peer, DialFailure failure, long nowMillis) {
        if (isToldThere(failure)) {
            count(past(peer), failure, nowMillis);
        }
    }

    /** There is reason to believe that a node is there now: it has been heard from there, or the user names it. */
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

    /** Whether anything left this machine for there. */
    private static boolean isToldThere(DialFailure failure) {
        return switch (failure.kind()) {
            case LOCAL, THIS_NODE, UNREACHABLE -> false;
            default -> true;
        };
    }
}
