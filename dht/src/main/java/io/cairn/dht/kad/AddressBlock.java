package io.cairn.dht.kad;

import java.net.Inet4Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** The block of addresses that one customer typically has: an IPv4 /24 or an IPv6 /64. */
public record AddressBlock(long prefix) {
    /** The prefix of an address that belongs to no block. */
    static final long NONE = 0;

    /** Sets IPv4 prefixes apart from IPv6 ones; none in use begins like this (RFC 4291, section 2.4). */
    private static final long IPV4_MARK = 1L << 32;

    private static final int IPV6_PREFIX_BYTES = 8;

    /** The block of a public address; null for a loopback, link-local, private (RFC 1918) or unique local (RFC 4193) one. */
    public static @Nullable AddressBlock of(InetAddress address) {
        long prefix = prefixOf(address);
        return prefix == NONE ? null : new AddressBlock(prefix);
    }

    /** The same as a bare number, {@link #NONE} instead of null, for comparing many addresses. */
    static long prefixOf(InetAddress address) {
        if (address.isSiteLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress()) {
            return NONE;
        }
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return IPV4_MARK | (bytes[0] & 0xff) << 16 | (bytes[1] & 0xff) << 8 | bytes[2] & 0xff;
        }
        boolean isUniqueLocal = (bytes[0] & 0xfe) == 0xfc;
        long prefix = NONE;
        for (int i = 0; i < IPV6_PREFIX_BYTES && !isUniqueLocal; i++) {
            prefix = prefix << 8 | bytes[i] & 0xff;
        }
        return prefix;
    }
}
