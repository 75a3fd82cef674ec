package io.cairn.dht.node.upkeep;

import io.cairn.dht.Misfit;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.node.request.Requests;
import io.cairn.dht.node.request.Traffic.Drop;
import io.cairn.dht.wire.Envelopes;
import io.cairn.dht.wire.Header;
import io.cairn.dht.wire.MalformedException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Peers that are heard but cannot be talked to, because their clock differs, their network has another name or key, or their version
 * is another; users need this to fix it. Only a few signed messages are checked: this helps people and is not part of the protocol.
 */
public final class Misfits {
    /** Most signatures checked per second, about 63 microseconds each: a peer missed now is soon heard again. */
    private static final int CHECKS_PER_SECOND_MAX = 4;

    private static final int ADDRESSES_MAX = 16;
    private static final long LATELY_MILLIS = 300_000;
    private static final long GREETING_PAUSE_MILLIS = 20_000;

    private final Local local;
    private final Requests requests;
    private final Map<InetAddress, Heard> heard = new LinkedHashMap<>(); // signed, by any key
    private final Map<InetAddress, Heard> claimed = new LinkedHashMap<>(); // of unsigned messages
    private final List<Consumer<Misfit>> listeners = new ArrayList<>();
    private long secondBeganMillis = Long.MIN_VALUE;
    private int checks;

    public Misfits(Local local, Requests requests) {
        this.local = local;
        this.requests = requests;
    }

    /** A message was dropped because of its header. */
    public void dropped(Endpoint from, Envelopes.Arrived arrived, Drop reason, long nowMillis)
            throws MalformedException {
        boolean isMisfit = reason == Drop.STALE_TIME || reason == Drop.OTHER_NETWORK;
        Heard before = heard.get(from.address());
        boolean isDue = before == null || nowMillis - before.heardMillis >= GREETING_PAUSE_MILLIS;
        if (!isMisfit || !isDue || !mayCheck(nowMillis) || arrived.verify() == null) {
            return;
        }
        Header claimed = arrived.claimedHeader();
        Misfit misfit = reason == Drop.STALE_TIME
                ? new Misfit(from.address(), claimed.timeMillis() - local.wallMillis())
                : new Misfit(from.address(), 0, claimed.network(), 0);
        if (!local.environment().network().isPrivate()) {
            requests.show(from); // nothing else would tell the peer this node's clock and network
        }
        remember(heard, misfit, nowMillis);
    }

    /** A message of another version was dropped. It cannot be verified, so it counts only where nothing verified is known. */
    public void otherVersion(Endpoint from, int version, long nowMillis) {
        Heard before = claimed.get(from.address());
        boolean isDue = before == null || nowMillis - before.heardMillis >= GREETING_PAUSE_MILLIS;
        dropOld(heard, nowMillis);
        if (isDue && !heard.containsKey(from.address())) {
            remember(claimed, new Misfit(from.address(), 0, null, version), nowMillis);
        }
    }

    /** Something arrived that this node cannot open, as from a private network; anybody can send it, so it counts like another version. */
    public void unopened(Endpoint from, long nowMillis) {
        dropOld(heard, nowMillis);
        if (!heard.containsKey(from.address())) {
            remember(claimed, Misfit.unopened(from.address()), nowMillis);
        }
    }

    private void remember(Map<InetAddress, Heard> memory, Misfit misfit, long nowMillis) {
        Heard before = memory.remove(misfit.address());
        memory.put(misfit.address(), new Heard(misfit, nowMillis));
        if (memory.size() > ADDRESSES_MAX) {
            memory.remove(memory.keySet().iterator().next());
        }
        if (before == null
                || before.misfit.isClock() != misfit.isClock()
                || before.misfit.version() != misfit.version()
                || before.misfit.isUnopened() != misfit.isUnopened()) {
            listeners.forEach(listener -> listener.accept(misfit));
        }
    }

    /** The listener hears of each misfit when it is first heard. */
    public void observe(Consumer<Misfit> listener) {
        listeners.add(listener);
    }

    /** The misfits of the last five minutes, the verified ones first; one for each address. */
    public List<Misfit> lately(long nowMillis) {
        dropOld(heard, nowMillis);
        dropOld(claimed, nowMillis);
        return Stream.concat(
                        heard.values().stream(),
                        claimed.values().stream().filter(one -> !heard.containsKey(one.misfit.address())))
                .map(one -> one.misfit)
                .toList();
    }

    private static void dropOld(Map<InetAddress, Heard> memory, long nowMillis) {
        memory.values().removeIf(one -> nowMillis - one.heardMillis > LATELY_MILLIS);
    }

    private boolean mayCheck(long nowMillis) {
        if (secondBeganMillis == Long.MIN_VALUE || nowMillis - secondBeganMillis >= 1_000) {
            secondBeganMillis = nowMillis;
            checks = 0;
        }
        return ++checks <= CHECKS_PER_SECOND_MAX;
    }

    private record Heard(Misfit misfit, long heardMillis) {}
}
