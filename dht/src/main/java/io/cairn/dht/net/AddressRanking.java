package io.cairn.dht.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ranks the addresses of this machine that are announced to others. An address ranks first if peers were heard on its network, second if
 * the default route leads there. Bridges and tunnels on which no peer was heard, link-local addresses and those of unplugged cables are
 * announced only if there is nothing better, and loopback only if there is nothing else. The first address of every interface precedes the
 * second of any, IPv4 and IPv6 alike.
 */
final class AddressRanking {
    /** The usefulness of an address, best first. All of one {@link #group} are announced together. */
    private enum Rank {
        HEARD(0),
        DEFAULT_ROUTE(0),
        PLAIN(0),
        LINK_LOCAL(1),
        NO_CARRIER(2),
        NO_CARRIER_LINK_LOCAL(3),
        VIRTUAL(4),
        VIRTUAL_LINK_LOCAL(5),
        LOOPBACK(6);

        private final int group;

        Rank(int group) {
            this.group = group;
        }
    }

    private AddressRanking() {}

    /**
     * @param own in the order of the interfaces
     * @param heard the addresses from which peers answered this node
     * @return without scopes, each once, at most {@link LocalAddresses#ADDRESSES_MAX}
     */
    static List<InetAddress> choose(List<OwnAddress> own, Collection<InetAddress> heard) {
        List<InetAddress> others = heard.stream()
                .filter(peer -> own.stream().noneMatch(mine -> mine.address().equals(peer)))
                .toList();
        Map<String, Integer> places = new HashMap<>();
        List<Ranked> ranked = new ArrayList<>();
        for (OwnAddress mine : own) {
            if (!mine.address().isMulticastAddress() && !mine.address().isAnyLocalAddress()) {
                boolean isIpv6 = mine.address() instanceof Inet6Address;
                int place = places.merge(mine.device() + isIpv6, 1, Integer::sum);
                ranked.add(new Ranked(mine.address(), rank(mine, others), place, isIpv6));
            }
        }
        int best = ranked.stream().mapToInt(one -> one.rank.group).min().orElse(0);
        return ranked.stream()
                .filter(one -> one.rank.group == best)
                .sorted(Comparator.comparing(Ranked::rank)
                        .thenComparing(Ranked::place)
                        .thenComparing(Ranked::isIpv6))
                .map(one -> LocalAddresses.withoutScope(one.address))
                .distinct()
                .limit(LocalAddresses.ADDRESSES_MAX)
                .toList();
    }

    private static Rank rank(OwnAddress own, List<InetAddress> others) {
        InetAddress address = own.address();
        boolean isVirtual = own.link() == LinkKind.BRIDGE || own.link() == LinkKind.TUNNEL;
        if (own.link() == LinkKind.LOOPBACK || address.isLoopbackAddress()) {
            return Rank.LOOPBACK;
        }
        if (address.isLinkLocalAddress()) {
            if (isVirtual) {
                return Rank.VIRTUAL_LINK_LOCAL;
            }
            return own.isRunning() ? Rank.LINK_LOCAL : Rank.NO_CARRIER_LINK_LOCAL;
        }
        if (others.stream().anyMatch(own.subnet()::contains)) {
            return Rank.HEARD;
        }
        boolean leadsOut = own.isDefaultRoute() && own.link() != LinkKind.TUNNEL;
        if (isVirtual && !leadsOut) {
            return Rank.VIRTUAL;
        }
        if (!own.isRunning()) {
            return Rank.NO_CARRIER;
        }
        return leadsOut ? Rank.DEFAULT_ROUTE : Rank.PLAIN;
    }

    private record Ranked(InetAddress address, Rank rank, int place, boolean isIpv6) {}
}
