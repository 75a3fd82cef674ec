package io.cairn.dht;

import io.cairn.dht.id.Subnet;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Limits how often a node dials back, so that nobody can make it scan ports or send much to one address: once in ten seconds for an IPv4
 * address or an IPv6 /64, and 32 times in ten seconds in all. Repeats of a request take no further turn. For one thread.
 */
public final class DialBackTurns {
    /** Between two dial-backs of one address: a person who asks again has read the answer by then. */
    public static final long PAUSE_MILLIS = 10_000;

    /** Addresses dialled back within a pause: three datagrams or one connection each. */
    public static final int ADDRESSES_MAX = 32;

    private static final int IPV4_BITS = 32;
    private static final int IPV6_CUSTOMER_BITS = 64;

    private final Deque<Taken> taken = new ArrayDeque<>();

    /** What a requester gets. */
    public enum Turn {
        /** Its dial-back. */
        GRANTED,
        /** Its request was granted before. */
        REPEATED,
        /** It, or others, asked too often. */
        REFUSED
    }

    /**
     * Takes a turn, if there is one.
     *
     * @param request identifies the request, to recognise its repeats
     */
    public Turn take(InetAddress from, long request, long nowMillis) {
        while (!taken.isEmpty() && nowMillis - taken.peekFirst().atMillis >= PAUSE_MILLIS) {
            taken.removeFirst();
        }
        for (Taken earlier : taken) {
            if (earlier.customer.contains(from)) {
                return earlier.request == request ? Turn.REPEATED : Turn.REFUSED;
            }
        }
        if (taken.size() >= ADDRESSES_MAX) {
            return Turn.REFUSED;
        }
        int bits = from instanceof Inet4Address ? IPV4_BITS : IPV6_CUSTOMER_BITS;
        taken.addLast(new Taken(new Subnet(from, bits), request, nowMillis));
        return Turn.GRANTED;
    }

    private record Taken(Subnet customer, long request, long atMillis) {}
}
