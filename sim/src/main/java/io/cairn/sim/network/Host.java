package io.cairn.sim.network;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Network;
import io.cairn.dht.env.Packet;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.wire.Datagram;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One simulated machine: the ports of the code that runs on it. Keeps track of its tasks, so that they end with it, and so that a
 * suspension delays them all.
 */
final class Host implements Clock, Scheduler, Network {
    final Endpoint endpoint;

    /** Its position in the unit square. */
    final float x;

    final float y;

    @Nullable
    Receiver receiver;

    @Nullable
    AddressTranslation translation;

    boolean isAlive = true;
    int datagramsReceived;

    private final SimulatedNetwork network;
    private final EventQueue events;
    private long awakeAtMillis;
    private long suspendedMillis;
    private @Nullable HostTask firstTask;
    private @Nullable HostTask lastTask;
    private @Nullable HostWorkers workers;

    Host(SimulatedNetwork network, EventQueue events, Endpoint endpoint, float x, float y) {
        this.network = network;
        this.events = events;
        this.endpoint = endpoint;
        this.x = x;
        this.y = y;
    }

    /** In units of the square. */
    double distanceTo(Host other) {
        double dx = x - other.x;
        double dy = y - other.y;
        return Math.sqrt(dx * dx + dy * dy);
    }

    /** Whether a datagram from there gets through to the listener; as on a real network, an empty or too long one does not. */
    boolean hears(Endpoint from, int sizeBytes) {
        return isAlive
                && receiver != null
                && sizeBytes > 0
                && sizeBytes <= Datagram.BYTES_MAX
                && awakeAtMillis <= events.nowMillis()
                && (translation == null || translation.admits(from, events.nowMillis()));
    }

    /** Ends the host without notice; none of its tasks remain. */
    void die() {
        isAlive = false;
        receiver = null;
        for (HostTask task = firstTask; task != null; task = firstTask) {
            task.cancel();
        }
    }

    /** Suspends the host: nothing runs or arrives for a time. The monotonic clock stands still, as on Linux, and so does every timer. */
    void suspend(long durationMillis) {
        long nowMillis = events.nowMillis();
        awakeAtMillis = Math.max(awakeAtMillis, nowMillis) + durationMillis;
        suspendedMillis += durationMillis;
        for (HostTask task = firstTask; task != null; task = task.nextOfHost) {
            events.remove(task);
            events.add(task, task.atMillis + durationMillis - nowMillis);
        }
    }

    @Override
    public long wallMillis() {
        return SimulatedNetwork.EPOCH_MILLIS + events.nowMillis();
    }

    @Override
    public long monotonicMillis() {
        return events.nowMillis() - suspendedMillis;
    }

    @Override
    public void execute(Runnable task) {
        schedule(0, task);
    }

    @Override
    public Timer schedule(long delayMillis, Runnable task) {
        HostTask event = new HostTask(task);
        if (isAlive) {
            long sleepMillis = Math.max(0, awakeAtMillis - events.nowMillis());
            events.add(event, delayMillis + sleepMillis);
            enlist(event);
        }
        return event;
    }

    @Override
    public <T extends @Nullable Object> void offload(
            Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        if (workers == null) {
            workers = new HostWorkers(this);
        }
        workers.offload(work, done);
    }

    @Override
    public void send(Endpoint to, Packet packet) {
        if (isAlive) {
            network.transmit(this, to, packet);
        }
    }

    @Override
    public void sendFromAnotherPort(Endpoint to, Packet packet) {
        if (isAlive) {
            network.transmitFromAnotherPort(this, to, packet);
        }
    }

    @Override
    public void sendToLocalNetwork(Packet packet) {
        if (isAlive) {
            network.transmitToAll(this, packet);
        }
    }

    @Override
    public void listen(Receiver named) {
        if (receiver != null) {
            throw new IllegalStateException("there is a receiver already");
        }
        receiver = named;
    }

    private void enlist(HostTask task) {
        task.previousOfHost = lastTask;
        if (lastTask == null) {
            firstTask = task;
        } else {
            lastTask.nextOfHost = task;
        }
        lastTask = task;
    }

    private void strike(HostTask task) {
        HostTask before = task.previousOfHost;
        HostTask after = task.nextOfHost;
        if (before == null) {
            firstTask = after;
        } else {
            before.nextOfHost = after;
        }
        if (after == null) {
            lastTask = before;
        } else {
            after.previousOfHost = before;
        }
        task.previousOfHost = null;
        task.nextOfHost = null;
    }

    /** A task of this host; it waits in the queue and in the list of its host. */
    private final class HostTask extends Event implements Timer {
        private final Runnable task;
        private @Nullable HostTask nextOfHost;
        private @Nullable HostTask previousOfHost;

        HostTask(Runnable task) {
            this.task = task;
        }

        @Override
        void happen() {
            strike(this);
            task.run();
        }

        @Override
        public void cancel() {
            if (slot != NOWHERE) {
                events.remove(this);
                strike(this);
            }
        }
    }
}
