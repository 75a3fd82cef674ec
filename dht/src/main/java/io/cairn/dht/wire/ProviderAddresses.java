package io.cairn.dht.wire;

import io.cairn.dht.id.Endpoint;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The value of a PROVIDER record: the endpoints of its publisher, in its order of preference. For each endpoint one byte with the length of
 * the address (4 or 16), the address, and the port in two bytes, big-endian; no endpoints, no bytes.
 */
public final class ProviderAddresses {
    /** Most endpoints in one value. */
    public static final int ENDPOINTS_MAX = 8;

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int PORT_BYTES = 2;

    /** Longest value in bytes. */
    static final int BYTES_MAX = ENDPOINTS_MAX * (1 + IPV6_BYTES + PORT_BYTES);

    private ProviderAddresses() {}

    /**
     * @param endpoints at most {@value #ENDPOINTS_MAX}
     * @throws IllegalArgumentException if there are more
     */
    public static byte[] encode(List<Endpoint> endpoints) {
        if (endpoints.size() > ENDPOINTS_MAX) {
            throw new IllegalArgumentException("a provider has at most 8 endpoints, not " + endpoints.size());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Endpoint endpoint : endpoints) {
            byte[] address = endpoint.addressBytes();
            out.write(address.length);
            out.writeBytes(address);
            out.write(endpoint.port() >>> 8);
            out.write(endpoint.port());
        }
        return out.toByteArray();
    }

    /**
     * @throws MalformedException if {@link #encode} does not write such a value
     */
    public static List<Endpoint> decode(byte[] value) throws MalformedException {
        List<Endpoint> endpoints = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(value);
        while (in.hasRemaining()) {
            if (endpoints.size() == ENDPOINTS_MAX) {
                throw new MalformedException("more than 8 endpoints");
            }
            endpoints.add(take(in));
        }
        return List.copyOf(endpoints);
    }

    private static Endpoint take(ByteBuffer in) throws MalformedException {
        int length = in.get();
        if (length != IPV4_BYTES && length != IPV6_BYTES) {
            throw new MalformedException("an address has 4 or 16 bytes, not " + length);
        }
        if (in.remaining() < length + PORT_BYTES) {
            throw new MalformedException("an endpoint is cut short");
        }
        byte[] address = new byte[length];
        in.get(address);
        int port = in.getShort() & 0xffff;
        if (port == 0) {
            throw new MalformedException("port 0");
        }
        Endpoint endpoint = Endpoint.of(address, port);
        if (endpoint.addressBytes().length != length) {
            throw new MalformedException("an IPv4 address in the form of IPv6");
        }
        return endpoint;
    }
}
