package io.cairn.dht.env;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;

/** Why a node cannot listen. A port in use has its own type, because the caller may try another. */
public final class PortFailure {
    private PortFailure() {}

    /**
     * Netty's epoll has no exception of its own for a port in use.
     *
     * @param protocol UDP or TCP
     * @param cause the failure reported by Netty or the system
     * @return a {@link BindException} if the port is in use, or if the address does not belong to this machine
     */
    public static IOException of(String protocol, InetSocketAddress address, Throwable cause) {
        String reason = String.valueOf(cause.getMessage());
        if (reason.contains("Address already in use")) {
            return refused(protocol + " port " + address.getPort() + " is taken", cause);
        }
        if (reason.contains("Cannot assign requested address") || cause instanceof BindException) {
            return refused(address.getAddress().getHostAddress() + " cannot be bound: " + reason, cause);
        }
        return new IOException(protocol + " port " + address.getPort() + " cannot be opened: " + reason, cause);
    }

    private static BindException refused(String why, Throwable cause) {
        BindException refused = new BindException(why);
        refused.initCause(cause);
        return refused;
    }
}
