package io.cairn.dht.id;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A numeric IP address and a port; UDP and TCP use the same port number. Never resolves a name: the caller resolves it first, where
 * blocking is allowed. Immutable. Values needed for every datagram are cached, because the address itself is two objects away.
 */
public final class Endpoint {
    private static final Pattern IPV4 =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

    /** Contains a colon and begins like a number: the JDK parses only such text as a literal, without a look-up. */
    private static final Pattern IPV6 = Pattern.compile("(?=[^%]*:)[0-9a-fA-F:][0-9a-fA-F:.]*(%[\\w.-]+)?");

    private static final Pattern PORT = Pattern.compile("\\d{1,5}");

    /** Where an address is meaningful. */
    private enum Reach {
        EVERYBODY,
        /** Loopback. */
        THIS_MACHINE,
        /** Link-local. */
        THIS_LINK,
        /** Any, multicast. */
        NOBODY
    }

    private final InetAddress address;
    private final Reach reach;
    private final int hash;
    private final char port;
    private final boolean isIpv6;

    /**
     * @param address IPv4 or IPv6
     * @param port 1 to 65535
     */
    public Endpoint(InetAddress address, int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
        }
        this.address = address;
        this.port = (char) port;
        this.hash = address.hashCode() * 31 + port;
        this.isIpv6 = address instanceof Inet6Address;
        if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
            this.reach = Reach.NOBODY;
        } else if (address.isLinkLocalAddress()) {
            this.reach = Reach.THIS_LINK;
        } else {
            this.reach = address.isLoopbackAddress() ? Reach.THIS_MACHINE : Reach.EVERYBODY;
        }
    }

    /**
     * @param address 4 or 16 bytes in network order
     * @throws IllegalArgumentException if the length or the port is out of range
     */
    public static Endpoint of(byte[] address, int port) {
        try {
            return new Endpoint(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + address.length, wrongLength);
        }
    }

    /**
     * Reads {@code 192.0.2.1:4747} or {@code [2001:db8::1]:4747}.
     *
     * @throws IllegalArgumentException if it is not a numeric address with a port
     */
    public static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        if (colon < 1 || !PORT.matcher(port).matches()) {
            throw new IllegalArgumentException("not ADDRESS:PORT: " + text);
        }
        String host = text.substring(0, colon);
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        if (brackets != host.contains(":")) {
            throw new IllegalArgumentException("an IPv6 address, and no other, stands in brackets: " + text);
        }
        return new Endpoint(
                parseAddress(brackets ? host.substring(1, host.length() - 1) : host), Integer.parseInt(port));
    }

    /**
     * Reads a numeric address without asking a name server.
     *
     * @throws IllegalArgumentException if it is a name or nonsense
     */
    public static InetAddress parseAddress(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            throw new IllegalArgumentException("not a numeric address: " + text);
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException malformed) {
            throw new IllegalArgumentException("not a numeric address: " + text, malformed);
        }
    }

    public InetAddress address() {
        return address;
    }

    /** 1 to 65535. */
    public int port() {
        return port;
    }

    /** Whether the address has 16 bytes. */
    public boolean isIpv6() {
        return isIpv6;
    }

    /**
     * Whether this endpoint means the same to a node at the other endpoint: a loopback address does only on the same machine, a link-local
     * one only on the same link. An endpoint without meaning is neither passed on nor believed.
     */
    public boolean isMeaningfulTo(Endpoint other) {
        return switch (reach) {
            case EVERYBODY -> true;
            case THIS_MACHINE -> other.reach == Reach.THIS_MACHINE;
            case THIS_LINK -> isOnLinkOf(other);
            case NOBODY -> false;
        };
    }

    private boolean isOnLinkOf(Endpoint other) {
        return other.reach == Reach.THIS_LINK
                && isIpv6 == other.isIpv6
                && (scope() == 0 || other.scope() == 0 || scope() == other.scope());
    }

    /** Whether this is a link-local IPv6 address without its interface: nothing can be sent to it. */
    public boolean lacksScope() {
        return isIpv6 && reach == Reach.THIS_LINK && scope() == 0;
    }

    /** This endpoint as meant by the node at {@code source}: a link-local IPv6 address that it names is on the link it was heard on. */
    public Endpoint inScopeOf(Endpoint source) {
        if (!lacksScope() || source.reach != Reach.THIS_LINK || source.scope() == 0) {
            return this;
        }
        try {
            return new Endpoint(Inet6Address.getByAddress(null, addressBytes(), source.scope()), port());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an IPv6 address without its 16 bytes", impossible);
        }
    }

    /** The number of the interface of a link-local IPv6 address; 0 if unknown or for any other address. */
    private int scope() {
        return address instanceof Inet6Address ipv6 ? ipv6.getScopeId() : 0;
    }

    /** The address bytes: 4 or 16. */
    public byte[] addressBytes() {
        return address.getAddress();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Endpoint that
                        && hash == that.hash
                        && port == that.port
                        && address.equals(that.address);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** {@code 192.0.2.1:4747} or {@code [2001:db8:0:0:0:0:0:1]:4747}. */
    @Override
    public String toString() {
        String host = address.getHostAddress();
        return host.indexOf(':') < 0 ? host + ":" + port() : "[" + host + "]:" + port();
    }
}
