package io.cairn.app.network;

import io.cairn.app.work.Work;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.net.LocalAddresses;
import io.cairn.dht.node.DhtNode;
import io.cairn.transfer.net.session.LanAddresses;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;

/**
 * Tracks this machine's addresses, checked every two seconds. When they change, this node announces them, and searches for nodes on the
 * network that the machine is in now.
 */
public final class Surroundings {
    /** A node that has moved must be found again within seconds. */
    private static final long LOOK_MILLIS = 2_000;

    private final List<InetAddress> bind;
    private final int port;
    private volatile LocalAddresses seen;
    private volatile List<Endpoint> addresses;
    private boolean isClosed;

    /**
     * @param bind the addresses that the user chose; empty for all
     * @param port on which the node listens, 1 to 65535
     */
    public Surroundings(List<InetAddress> bind, int port) {
        this.bind = List.copyOf(bind);
        this.port = port;
        seen = LocalAddresses.look(bind);
        addresses = seen.endpoints(port, List.of());
    }

    /** The addresses that this node announces. Any thread. */
    public List<Endpoint> addresses() {
        return addresses;
    }

    /**
     * Expands addresses given without a scope: a link-local IPv6 address becomes one on each link of this machine.
     * Any thread.
     */
    public List<Endpoint> meantBy(List<Endpoint> given) {
        LocalAddresses now = seen;
        return given.stream()
                .flatMap(endpoint -> now.onEveryLink(endpoint).stream())
                .toList();
    }

    /** This machine's addresses at the last check. Any thread. */
    public LocalAddresses seen() {
        return seen;
    }

    /** Whether an address is private, or of a network that this machine is in. Any thread. */
    public boolean isNear(InetAddress address) {
        return LanAddresses.isPrivate(address) || seen.isOnOwnNetwork(address);
    }

    /**
     * Starts the checks, on the loop.
     *
     * @param moved called on the loop after this machine has changed networks
     */
    public void watch(Work work, DhtNode dht, Runnable moved) {
        work.scheduler().schedule(LOOK_MILLIS, () -> look(work, dht, moved));
    }

    /** On the loop. */
    public void close() {
        isClosed = true;
    }

    private void look(Work work, DhtNode dht, Runnable moved) {
        if (isClosed) {
            return;
        }
        Work.watch(
                work.offload(() -> LocalAddresses.look(bind))
                        .thenAccept(now -> looked(now, dht, moved))
                        .whenComplete((done, failure) -> watch(work, dht, moved)),
                "checking this machine's addresses");
    }

    /** A machine without any address keeps announcing its last ones, since it will probably get them back. */
    private void looked(LocalAddresses now, DhtNode dht, Runnable moved) {
        if (isClosed) {
            return;
        }
        boolean isElsewhere = now.isElsewhereThan(seen);
        seen = now;
        List<Endpoint> latest = now.endpoints(port, dht.heardFrom());
        if (!latest.isEmpty() && !new HashSet<>(latest).equals(new HashSet<>(addresses))) {
            addresses = latest;
            dht.serveAt(latest);
        }
        if (isElsewhere) {
            dht.networkChanged();
            moved.run();
        }
    }
}
