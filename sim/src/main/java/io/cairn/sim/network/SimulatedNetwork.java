package io.cairn.sim.network;

import io.cairn.dht.env.Environment;
import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Endpoint;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A network in memory under virtual time: it delays, reorders, loses and duplicates; its hosts die, sleep and hide behind NATs, and it
 * partitions and heals. Each host has the ports of {@link Environment}, with a random generator of its own, so that the draws of one host
 * do not affect another. Offloaded work takes virtual time and can be
 * refused. Hosts on one local network hear each other's greetings.
 */
public final class SimulatedNetwork {
    /** The wall clock at the start: 2027-01-15T08:00:00Z. */
    public static final long EPOCH_MILLIS = 1_800_000_000_000L;

    /** Numbers of hosts are below this. */
    public static final int HOSTS_MAX = Hosts.NUMBERS;

    /** The source port of datagrams that are not sent from the node's own. */
    private static final int ANOTHER_PORT = 49_152;

    private final EventQueue events;
    private final SplittableRandom random;
    private final Hosts hosts = new Hosts();
    private final TraceHash trace = new TraceHash();
    private final DatagramCounts counts = new DatagramCounts();
    private LinkModel link;
    private boolean hasLocalNetwork;
    private @Nullable ToIntFunction<Endpoint> sides;
    private @Nullable NetworkObserver observer;

    public SimulatedNetwork(EventQueue events, SplittableRandom random, LinkModel link) {
        this.events = events;
        this.random = random;
        this.link = link;
    }

    /**
     * The endpoint of the host with a number: 10.0.0.1:4747 and so on.
     *
     * @param number 0 to less than {@link #HOSTS_MAX} - 1
     */
    public static Endpoint endpoint(int number) {
        return Hosts.endpoint(number);
    }

    /** Changes the link model from now on. */
    public void setLink(LinkModel link) {
        this.link = link;
    }

    /** Whether all hosts are on one local network; at first they are not. */
    public void setLocalNetwork(boolean isLocal) {
        this.hasLocalNetwork = isLocal;
    }

    /** Sets the observer of all datagrams; there is only one. */
    public void observe(NetworkObserver observer) {
        this.observer = observer;
    }

    /** A new host at an endpoint that no living host has. */
    public Environment attach(Endpoint endpoint) {
        if (hosts.find(endpoint) != null) {
            throw new IllegalArgumentException("a host already lives at " + endpoint);
        }
        SplittableRandom own = random.split();
        Host host = new Host(this, events, endpoint, own.nextFloat(), own.nextFloat());
        hosts.put(host);
        return new Environment(host, host, host, own);
    }

    /** Ends a host without notice: its timers do not run, nothing reaches it, and the network keeps no reference to what ran on it. */
    public void kill(Endpoint endpoint) {
        Host host = living(endpoint);
        host.die();
        hosts.remove(host);
    }

    /**
     * Suspends a host: nothing runs or arrives for a time, and when it wakes, its wall clock has jumped against the monotonic one.
     *
     * @param durationMillis at least 0
     */
    public void suspend(Endpoint endpoint, long durationMillis) {
        living(endpoint).suspend(durationMillis);
    }

    /**
     * Puts a host behind a NAT: from now on it hears only hosts it has sent to.
     *
     * @param openMillis how long after its last datagram to them
     */
    public void hideBehindNat(Endpoint endpoint, long openMillis) {
        living(endpoint).translation = new AddressTranslation(openMillis);
    }

    /** Splits the network into parts that do not hear each other: hosts for which the function returns equal numbers stay together. */
    public void partition(ToIntFunction<Endpoint> side) {
        this.sides = side;
    }

    /** Ends a partition. */
    public void heal() {
        this.sides = null;
    }

    /** Equal for two runs that sent the same datagrams at the same times. */
    public long traceHash() {
        return trace.value();
    }

    /** The fate of all datagrams so far. */
    public DatagramCounts counts() {
        return counts;
    }

    public long datagramsSent() {
        return counts.sent();
    }

    /** Datagrams that the link lost. */
    public long datagramsLost() {
        return counts.lost();
    }

    public long bytesSent() {
        return counts.bytesSent();
    }

    /** Datagrams that reached a living host, or 0. */
    public int datagramsReceivedBy(Endpoint endpoint) {
        Host host = hosts.find(endpoint);
        return host == null ? 0 : host.datagramsReceived;
    }

    /** Whether a host ever lived at an endpoint. */
    public boolean everLived(Endpoint endpoint) {
        return hosts.everLived(endpoint);
    }

    void transmitToAll(Host from, Packet packet) {
        if (hasLocalNetwork) {
            hosts.forEach(other -> transmit(from, from.endpoint, other.endpoint, packet, true));
        }
    }

    void transmit(Host from, Endpoint to, Packet packet) {
        transmit(from, from.endpoint, to, packet, false);
    }

    /** A NAT maps another port of its own, so the answers to this one do not get in. */
    void transmitFromAnotherPort(Host from, Endpoint to, Packet packet) {
        int port = from.endpoint.port() == ANOTHER_PORT ? ANOTHER_PORT + 1 : ANOTHER_PORT;
        transmit(from, new Endpoint(from.endpoint.address(), port), to, packet, false);
    }

    private void transmit(Host from, Endpoint source, Endpoint to, Packet packet, boolean toAll) {
        long nowMillis = events.nowMillis();
        counts.countSent(packet.sizeBytes());
        trace.add(nowMillis);
        trace.add(traced(source));
        trace.add(traced(to));
        trace.add(packet.sizeBytes());
        if (from.translation != null && source.equals(from.endpoint)) {
            from.translation.sent(to, nowMillis);
        }
        if (observer != null) {
            observer.sent(source, to, packet);
        }
        boolean isCut = sides != null && sides.applyAsInt(from.endpoint) != sides.applyAsInt(to);
        if (isCut || link.loss() > 0 && random.nextDouble() < link.loss()) {
            counts.countLost();
            return;
        }
        Host host = hosts.find(to);
        if (host == null) {
            counts.countUnheard();
            return;
        }
        carry(from, source, host, packet, toAll);
        if (link.duplication() > 0 && random.nextDouble() < link.duplication()) {
            counts.countDoubled();
            carry(from, source, host, packet, toAll);
        }
    }

    private void carry(Host from, Endpoint source, Host to, Packet packet, boolean toAll) {
        counts.countUnderWay(1);
        events.add(new Delivery(source, to, packet, toAll), link.delayMillis(from.distanceTo(to), random));
    }

    private void deliver(Endpoint from, Host host, Packet packet, boolean toAll) {
        counts.countUnderWay(-1);
        if (!host.hears(from, packet.sizeBytes()) || host.receiver == null) {
            counts.countUnheard();
            return;
        }
        counts.countDelivered();
        host.datagramsReceived++;
        if (observer != null) {
            observer.arriving(from, host.endpoint, packet);
        }
        if (toAll) {
            host.receiver.receivedByAll(from, packet);
        } else {
            host.receiver.received(from, packet);
        }
        if (observer != null) {
            observer.handled();
        }
    }

    private Host living(Endpoint endpoint) {
        Host host = hosts.find(endpoint);
        if (host == null) {
            throw new IllegalArgumentException("no living host at " + endpoint);
        }
        return host;
    }

    private static long traced(Endpoint endpoint) {
        return (long) endpoint.address().hashCode() << 16 | endpoint.port();
    }

    /** A datagram in transit. A new host at the endpoint does not receive datagrams meant for its predecessor. */
    private final class Delivery extends Event {
        private final Endpoint from;
        private final Host to;
        private final Packet packet;
        private final boolean toAll;

        Delivery(Endpoint from, Host to, Packet packet, boolean toAll) {
            this.from = from;
            this.to = to;
            this.packet = packet;
            this.toAll = toAll;
        }

        @Override
        void happen() {
            deliver(from, to, packet, toAll);
        }
    }
}
