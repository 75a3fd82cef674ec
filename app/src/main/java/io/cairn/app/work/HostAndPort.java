package io.cairn.app.work;

import io.cairn.app.CairnException;
import io.cairn.dht.id.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** {@code HOST:PORT} as written by the user. Resolving a name blocks on the name server, so it never happens on the node's loop. */
public record HostAndPort(String host, int port) {
    /** Parses {@code HOST:PORT} or {@code [V6]:PORT}. */
    public static HostAndPort parse(String text) throws CairnException {
        int colon = text.lastIndexOf(':');
        if (colon > 0) {
            String host = text.substring(0, colon);
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            if (bracketed || host.indexOf(':') < 0) {
                try {
                    int port = Integer.parseInt(text.substring(colon + 1));
                    if (port >= 1 && port <= 65_535) {
                        return new HostAndPort(bracketed ? host.substring(1, host.length() - 1) : host, port);
                    }
                } catch (NumberFormatException notANumber) {
                    throw unreadable(text, notANumber);
                }
            }
        }
        throw unreadable(text, null);
    }

    /** All addresses of the host, at least one. */
    public List<Endpoint> resolve() throws CairnException {
        try {
            return Stream.of(InetAddress.getAllByName(host))
                    .map(address -> new Endpoint(address, port))
                    .toList();
        } catch (UnknownHostException unknown) {
            throw new CairnException(
                    CairnException.Kind.NETWORK,
                    "cannot reach " + this,
                    "no address is known for the name " + host,
                    "check the name, or give the numeric address",
                    unknown);
        }
    }

    /** The endpoint if the host is a numeric address, which needs no name server; empty otherwise. */
    public List<Endpoint> numeric() {
        try {
            return List.of(new Endpoint(Endpoint.parseAddress(host), port));
        } catch (IllegalArgumentException name) {
            return List.of();
        }
    }

    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }

    private static CairnException unreadable(String text, @org.jspecify.annotations.Nullable Throwable cause) {
        String what = "not an address: " + text;
        String why = "an address is HOST:PORT, with a port from 1 to 65535";
        String next = "write for example 192.168.1.5:4747 or [fe80::1]:4747";
        return cause == null
                ? new CairnException(CairnException.Kind.USAGE, what, why, next)
                : new CairnException(CairnException.Kind.USAGE, what, why, next, cause);
    }
}
