package io.cairn.dht.net;

import io.cairn.dht.id.Endpoint;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses of this machine at one moment; equal to a later look if nothing has changed.
 *
 * @param own those a node may serve at, in the order of the interfaces, loopback last
 */
public record LocalAddresses(List<OwnAddress> own) {
    /** Most addresses to announce to others. */
    public static final int ADDRESSES_MAX = 8;

    private static final Logger LOG = LoggerFactory.getLogger(LocalAddresses.class);

    /** Reserved for documentation (RFC 5737, RFC 3849), so never a network of this machine. Nothing is sent there. */
    private static final List<InetAddress> ELSEWHERE =
            List.of(Endpoint.parseAddress("192.0.2.1"), Endpoint.parseAddress("2001:db8::1"));

    private static final int ANY_PORT = 9;

    public LocalAddresses {
        own = List.copyOf(own);
    }

    /**
     * Asks the operating system; takes about a millisecond.
     *
     * @param bind the addresses the node listens at, which count as the user's choice; empty, or with a wildcard address, for all of this
     *     machine
     */
    public static LocalAddresses look(List<InetAddress> bind) {
        if (!bind.isEmpty() && bind.stream().noneMatch(InetAddress::isAnyLocalAddress)) {
            return new LocalAddresses(bind.stream()
                    .map(address ->
                            new OwnAddress(address, "", LinkKind.PLAIN, true, false, address.getAddress().length * 8))
                    .toList());
        }
        Set<InetAddress> sources = new HashSet<>();
        ELSEWHERE.forEach(destination -> sourceTowards(destination).forEach(sources::add));
        List<OwnAddress> found = new ArrayList<>();
        for (LocalInterface local : LocalInterface.switchedOn()) {
            String device = local.device().getName();
            LinkKind kind = local.loopback() ? LinkKind.LOOPBACK : LinkKind.of(device);
            boolean isDefaultRoute = local.hasAnyOf(sources);
            for (InterfaceAddress one : local.addresses()) {
                found.add(new OwnAddress(
                        one.getAddress(),
                        device,
                        kind,
                        local.isRunning(),
                        isDefaultRoute,
                        one.getNetworkPrefixLength()));
            }
        }
        return new LocalAddresses(found);
    }

    /**
     * The endpoints at which others reach this node, as far as this machine knows: best first, at most {@value #ADDRESSES_MAX}.
     *
     * @param port 1 to 65535
     * @param heard the addresses from which peers answered this node
     */
    public List<Endpoint> endpoints(int port, Collection<InetAddress> heard) {
        return AddressRanking.choose(own, heard).stream()
                .map(address -> new Endpoint(address, port))
                .toList();
    }

    /** How many interfaces have these addresses. */
    public int interfaces() {
        return (int) own.stream().map(OwnAddress::device).distinct().count();
    }

    /** Whether an address is one of this machine. */
    public boolean contains(InetAddress address) {
        return own.stream().anyMatch(mine -> mine.address().equals(address));
    }

    /** Whether an address belongs to a network of this machine. */
    public boolean isOnOwnNetwork(InetAddress address) {
        return own.stream().anyMatch(mine -> mine.subnet().contains(address));
    }

    /** Whether this machine has an address besides loopback, on an adapter with a carrier. */
    public boolean isOnNetwork() {
        return own.stream().anyMatch(mine -> mine.link() != LinkKind.LOOPBACK && mine.isRunning());
    }

    /**
     * Whether this machine is on another network than at an earlier look. Bridges appear and vanish with containers, and lead nowhere new.
     */
    public boolean isElsewhereThan(LocalAddresses before) {
        return !outward().equals(before.outward());
    }

    private List<OwnAddress> outward() {
        return own.stream().filter(one -> one.link() != LinkKind.BRIDGE).toList();
    }

    /**
     * The endpoints meant by one that a user gave: a link-local IPv6 address without an interface may be on any interface with such
     * addresses.
     */
    public List<Endpoint> onEveryLink(Endpoint given) {
        if (!given.lacksScope()) {
            return List.of(given);
        }
        return own.stream()
                .map(OwnAddress::address)
                .filter(address -> address instanceof Inet6Address && address.isLinkLocalAddress())
                .map(address -> given.inScopeOf(new Endpoint(address, given.port())))
                .distinct()
                .toList();
    }

    /** The same address without the name or number of an interface. */
    static InetAddress withoutScope(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address without a length", impossible);
        }
    }

    /** The own address from which a destination would be reached: the system chooses it when a socket is connected. */
    private static Stream<InetAddress> sourceTowards(InetAddress destination) {
        StandardProtocolFamily family =
                destination instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
        try (DatagramChannel probe = DatagramChannel.open(family)) {
            probe.connect(new InetSocketAddress(destination, ANY_PORT));
            return probe.getLocalAddress() instanceof InetSocketAddress source
                    ? Stream.of(source.getAddress())
                    : Stream.of();
        } catch (IOException | UnsupportedOperationException noRoute) {
            LOG.trace("no route to {}", destination, noRoute);
            return Stream.of();
        }
    }
}
