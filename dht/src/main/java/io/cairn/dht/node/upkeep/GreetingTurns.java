package io.cairn.dht.node.upkeep;

import io.cairn.dht.id.AddressScope;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.node.request.Local;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decides which nodes answer a greeting that all nodes of a local network hear: about half of k, those whose ids are closest to a point
 * derived from the greeting, one after the other. A node does not hear the others answer, but can estimate how many are closer than itself,
 * since it knows all its neighbours and thus the density of ids. The estimate errs by a quarter, so half of k keeps the number below k. A
 * greeting with a forged source therefore draws a few answers, not one from every node.
 *
 * <p>Only contacts of the greeter's network count: those that share the first half of its IPv4 or the first 64 bits of its IPv6 address. If
 * there are none, the address may be forged: then all private contacts count, or all contacts if the greeter's address is public.
 */
public final class GreetingTurns {
    static final long TURN_MILLIS = 20;

    /** This node does not answer. */
    public static final long NEVER = -1;

    private static final int ANSWERING_PART = 2;
    private static final int IPV4_NETWORK_BYTES = 2;
    private static final int IPV6_NETWORK_BYTES = 8;

    private final Local local;
    private final RoutingTable table;

    public GreetingTurns(Local local, RoutingTable table) {
        this.local = local;
        this.table = table;
    }

    /** The delay before the answer in milliseconds, or {@link #NEVER}. */
    public long turnMillis(Contact greeter, long requestId) {
        List<Contact> others = table.contacts().stream()
                .filter(contact -> !contact.id().equals(greeter.id()))
                .toList();
        Predicate<Contact> isNeighbour = isOfNetwork(greeter, others);
        Key point = pointOf(greeter, requestId);
        long known = others.stream()
                .filter(contact -> point.compareDistance(contact.id(), local.id()) < 0)
                .filter(isNeighbour)
                .count();
        double nodes = estimatedNodes(others, isNeighbour);
        long closer =
                Math.max(known, Math.round(nodes * local.id().distanceTo(point).fraction()));
        return closer < Math.max(1, local.limits().k() / ANSWERING_PART) ? closer * TURN_MILLIS : NEVER;
    }

    /**
     * The estimated number of nodes in the greeter's network, from the density around this one; 0 where the table is so small that it knows
     * all.
     *
     * @param others closest to this node first
     */
    private double estimatedNodes(List<Contact> others, Predicate<Contact> isNeighbour) {
        int k = local.limits().k();
        if (others.size() < k) {
            return 0;
        }
        long around = others.subList(0, k).stream().filter(isNeighbour).count();
        return around / others.get(k - 1).id().distanceTo(local.id()).fraction();
    }

    private static Predicate<Contact> isOfNetwork(Contact greeter, List<Contact> others) {
        Predicate<Contact> isOfIts = contact -> isOfOneNetwork(contact.endpoint(), greeter.endpoint());
        if (others.stream().anyMatch(isOfIts)) {
            return isOfIts;
        }
        boolean isPublic = !isPrivate(greeter.endpoint());
        return contact -> isPublic || isPrivate(contact.endpoint());
    }

    private static Key pointOf(Contact greeter, long requestId) {
        byte[] id = greeter.id().toBytes();
        return Key.ofContent(ByteBuffer.allocate(Long.BYTES + id.length)
                .putLong(requestId)
                .put(id)
                .array());
    }

    private static boolean isOfOneNetwork(Endpoint one, Endpoint other) {
        if (one.isIpv6() != other.isIpv6()) {
            return false;
        }
        byte[] a = one.addressBytes();
        byte[] b = other.addressBytes();
        for (int i = 0; i < (one.isIpv6() ? IPV6_NETWORK_BYTES : IPV4_NETWORK_BYTES); i++) {
            if (a[i] != b[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrivate(Endpoint endpoint) {
        return AddressScope.of(endpoint.address()).compareTo(AddressScope.SITE) <= 0;
    }
}
