package io.cairn.sim.network;

import io.cairn.dht.id.Endpoint;
import java.net.Inet4Address;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Maps endpoints to hosts. The hosts of a simulation are numbered, at 10.0.0.1:4747 and so on, and found by their number in an array; other
 * endpoints are found too. Keeps one bit for each host that ever lived.
 */
final class Hosts {
    private static final int PORT = 4747;
    private static final int NET = 10;
    static final int NUMBERS = 1 << 24;

    private @Nullable Host[] numbered = new @Nullable Host[1_024];
    private final BitSet everNumbered = new BitSet();
    private final Map<Endpoint, Host> others = new LinkedHashMap<>();
    private final Set<Endpoint> everOther = new LinkedHashSet<>();

    /**
     * The endpoint with a number.
     *
     * @param number 0 to about 16 million
     */
    static Endpoint endpoint(int number) {
        int host = number + 1;
        if (number < 0 || host >= NUMBERS) {
            throw new IllegalArgumentException("invalid host number " + number);
        }
        byte[] address = {NET, (byte) (host >>> 16), (byte) (host >>> 8), (byte) host};
        return Endpoint.of(address, PORT);
    }

    @Nullable
    Host find(Endpoint endpoint) {
        int number = number(endpoint);
        if (number < 0) {
            return others.get(endpoint);
        }
        return number < numbered.length ? numbered[number] : null;
    }

    void put(Host host) {
        int number = number(host.endpoint);
        if (number < 0) {
            others.put(host.endpoint, host);
            everOther.add(host.endpoint);
            return;
        }
        if (number >= numbered.length) {
            numbered = Arrays.copyOf(numbered, Math.max(number + 1, numbered.length * 2));
        }
        numbered[number] = host;
        everNumbered.set(number);
    }

    void remove(Host host) {
        int number = number(host.endpoint);
        if (number < 0) {
            others.remove(host.endpoint);
        } else {
            numbered[number] = null;
        }
    }

    /** Whether a host ever lived at an endpoint. */
    boolean everLived(Endpoint endpoint) {
        int number = number(endpoint);
        return number < 0 ? everOther.contains(endpoint) : everNumbered.get(number);
    }

    /** Visits every living host, in order of number, then those without one. */
    void forEach(Consumer<Host> action) {
        for (Host host : numbered.clone()) {
            if (host != null) {
                action.accept(host);
            }
        }
        others.values().forEach(action);
    }

    /** The hash code of an IPv4 address is its 32 bits; unlike the bytes, it is computed without garbage. */
    private static int number(Endpoint endpoint) {
        if (endpoint.port() != PORT || !(endpoint.address() instanceof Inet4Address address)) {
            return -1;
        }
        int bits = address.hashCode();
        return bits >>> 24 == NET ? (bits & NUMBERS - 1) - 1 : -1;
    }
}
