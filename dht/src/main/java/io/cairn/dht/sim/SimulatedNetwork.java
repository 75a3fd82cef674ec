package io.cairn.dht.sim;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Environment;
import io.cairn.dht.env.Network;
import io.cairn.dht.env.Packet;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A network in memory under virtual time: it delays, reorders and loses, and its hosts die. Each host has the ports of {@link
 * Environment}, with a random generator of its own, so that what one host draws does not change another. Offloaded work runs as an
 * event. Hosts on one local network hear each other's greetings.
 */
public final class SimulatedNetwork {
    /** The wall clock at the start: 2027-01-15T08:00:00Z. */
    public static final long EPOCH_MILLIS = 1_800_000_000_000L;

    private final EventQueue events;
    private final SplittableRandom random;
    private final Map<Endpoint, Host> hosts = new LinkedHashMap<>();
    private final TraceHash trace = new TraceHash();
    private LinkModel link;
    private boolean hasLocalNetwork;
    private long datagramsSent;
    private long datagramsLost;
    private long bytesSent;

    public SimulatedNetwork(EventQueue events, SplittableRandom random, LinkModel link) {
        this.events = events;
        this.random = random;
        this.link = link;
    }

    /** Changes how datagrams travel from now on. */
    public void setLink(LinkModel link) {
        this.link = link;
    }

    /** Whether all hosts are on one local network; at first they are not. */
    public void setLocalNetwork(boolean isLocal) {
        this.hasLocalNetwork = isLocal;
    }

    /** A new host at an endpoint that no living host has. */
    public Environment attach(Endpoint endpoint) {
        Host former = hosts.get(endpoint);
        if (former != null && former.isAlive) {
            throw new IllegalArgumentException("somebody lives at " + endpoint);
        }
        Host host = new Host(endpoint);
        hosts.put(endpoint, host);
        return new Environment(host, host, host, random.split());
    }

    /** Ends a host without a word: its timers do not run, nothing reaches it. */
    public void kill(Endpoint endpoint) {
        Host host = hosts.get(endpoint);
        if (host == null) {
            throw new IllegalArgumentException("nobody lives at " + endpoint);
        }
        host.isAlive = false;
    }

    /** Equal for two runs that sent the same datagrams at the same times. */
    public long traceHash() {
        return trace.value();
    }

    public long datagramsSent() {
        return datagramsSent;
    }

    /** Datagrams that the link lost. */
    public long datagramsLost() {
        return datagramsLost;
    }

    public long bytesSent() {
        return bytesSent;
    }

    private void transmit(Endpoint from, Endpoint to, Packet packet) {
        datagramsSent++;
        bytesSent += packet.sizeBytes();
        trace.add(events.nowMillis());
        trace.add(from.hashCode());
        trace.add(to.hashCode());
        trace.add(packet.sizeBytes());
        if (random.nextDouble() < link.loss()) {
            datagramsLost++;
            return;
        }
        long delayMillis = link.latencyMillis() + random.nextLong(link.jitterMillis() + 1);
        events.schedule(delayMillis, () -> deliver(from, to, packet));
    }

    private void deliver(Endpoint from, Endpoint to, Packet packet) {
        Host host = hosts.get(to);
        if (host != null && host.isAlive && host.receiver != null) {
            host.receiver.received(from, packet);
        }
    }

    private final class Host implements Clock, Scheduler, Network {
        private final Endpoint endpoint;
        private @Nullable Receiver receiver;
        private boolean isAlive = true;

        Host(Endpoint endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public long wallMillis() {
            return EPOCH_MILLIS + events.nowMillis();
        }

        @Override
        public long monotonicMillis() {
            return events.nowMillis();
        }

        @Override
        public void execute(Runnable task) {
            schedule(0, task);
        }

        @Override
        public Timer schedule(long delayMillis, Runnable task) {
            return events.schedule(delayMillis, () -> {
                if (isAlive) {
                    task.run();
                }
            });
        }

        @Override
        public <T extends @Nullable Object> void offload(
                Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
            execute(() -> {
                T result;
                try {
                    result = work.call();
                } catch (Exception failure) {
                    done.accept(null, failure);
                    return;
                }
                done.accept(result, null);
            });
        }

        @Override
        public void send(Endpoint to, Packet packet) {
            if (isAlive) {
                transmit(endpoint, to, packet);
            }
        }

        @Override
        public void sendToLocalNetwork(Packet packet) {
            if (isAlive && hasLocalNetwork) {
                List<Endpoint> all = new ArrayList<>(hosts.keySet());
                all.forEach(other -> transmit(endpoint, other, packet));
            }
        }

        @Override
        public void listen(Receiver receiver) {
            this.receiver = receiver;
        }
    }
}
