package io.cairn.dht.kad;

import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The block of addresses that one customer commonly has: /24 of IPv4, /64 of IPv6. */
final class AddressBlock {
    private static final int IPV4_BYTES = 4;
    private static final int IPV4_PREFIX_BYTES = 3;
    private static final int IPV6_PREFIX_BYTES = 8;

    private final byte[] prefix;

    private AddressBlock(byte[] prefix) {
        this.prefix = prefix;
    }

    /** The block of a public address; null for a loopback, link-local, private (RFC 1918) or unique local (RFC 4193) one. */
    static @Nullable AddressBlock of(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean isUniqueLocal = bytes.length != IPV4_BYTES && (bytes[0] & 0xfe) == 0xfc;
        if (address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || isUniqueLocal) {
            return null;
        }
        return new AddressBlock(
                Arrays.copyOf(bytes, bytes.length == IPV4_BYTES ? IPV4_PREFIX_BYTES : IPV6_PREFIX_BYTES));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressBlock that && Arrays.equals(prefix, that.prefix);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(prefix);
    }
}
