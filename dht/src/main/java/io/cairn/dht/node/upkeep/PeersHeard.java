package io.cairn.dht.node.upkeep;

import io.cairn.dht.id.Contact;
import io.cairn.dht.node.request.Requests;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The addresses from which requests of this node were recently answered, each proven by a signature. They show on which of its own networks
 * this node is reachable.
 */
public final class PeersHeard implements Requests.Observer {
    /** Enough for every network of a machine, however many nodes one of them has. */
    private static final int ADDRESSES_MAX = 256;

    private static final long LATELY_MILLIS = 3_600_000;

    private final Map<InetAddress, Long> heardMillis = new LinkedHashMap<>();

    @Override
    public void answered(Contact contact, long nowMillis) {
        InetAddress address = contact.endpoint().address();
        heardMillis.remove(address);
        heardMillis.put(address, nowMillis);
        Iterator<Long> oldestFirst = heardMillis.values().iterator();
        while (heardMillis.size() > ADDRESSES_MAX || oldestFirst.hasNext()) {
            if (oldestFirst.next() >= nowMillis - LATELY_MILLIS && heardMillis.size() <= ADDRESSES_MAX) {
                return;
            }
            oldestFirst.remove();
        }
    }

    @Override
    public void unanswered(Contact contact) {
        // Silence says nothing about the network: the peer may be gone.
    }

    /** The addresses, the latest last. */
    public List<InetAddress> addresses() {
        return List.copyOf(heardMillis.keySet());
    }
}
