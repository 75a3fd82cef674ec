package io.cairn.app.network;

import io.cairn.app.CairnException;
import io.cairn.app.NodeConfig;
import io.cairn.app.Reason;
import io.cairn.app.Version;
import io.cairn.app.work.Reasons;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.env.Clock;
import io.cairn.dht.net.NodeLoop;
import io.cairn.dht.net.UdpConfig;
import io.cairn.dht.net.UdpNetwork;
import io.cairn.transfer.net.TransferNetwork;
import io.cairn.transfer.net.admission.TransferLimits;
import io.cairn.transfer.net.session.TransferConfig;
import io.cairn.transfer.net.tls.RunTls;
import java.io.IOException;
import java.net.BindException;
import java.util.stream.IntStream;

/** The node's two sockets, UDP for queries and TCP for bulk data, on one port number. */
public record Sockets(UdpNetwork datagrams, TransferNetwork sessions) implements AutoCloseable {
    /** Port numbers tried if the user has not chosen one. */
    private static final int PORTS_TRIED = 50;

    /**
     * Opens both on the configured port, or on the default port or the next free one if the user named none; 0 means any free port.
     *
     * @throws CairnException if the port is taken or an address does not belong to this machine
     */
    public static Sockets open(
            NodeConfig config, Identity identity, NetworkAccess network, RunTls tls, Clock clock, NodeLoop loop)
            throws CairnException {
        Opener opener = port -> open(config, port, identity, network, tls, clock, loop);
        if (config.portChosen() && config.port() != 0) {
            return firstOf(config, new int[] {config.port()}, opener);
        }
        return firstOf(
                config,
                config.port() == 0
                        ? new int[PORTS_TRIED]
                        : IntStream.range(config.port(), config.port() + PORTS_TRIED)
                                .toArray(),
                opener);
    }

    private static Sockets firstOf(NodeConfig config, int[] ports, Opener opener) throws CairnException {
        IOException last = new IOException("no port was tried");
        for (int port : ports) {
            try {
                return opener.open(port);
            } catch (BindException taken) {
                last = taken;
            } catch (IOException failure) {
                throw failed(config, failure);
            }
        }
        throw failed(config, last);
    }

    private static Sockets open(
            NodeConfig config,
            int port,
            Identity identity,
            NetworkAccess network,
            RunTls tls,
            Clock clock,
            NodeLoop loop)
            throws IOException {
        UdpNetwork datagrams =
                UdpNetwork.open(loop, new UdpConfig(config.bind(), port, config.lan()).sealedWith(network.keys()));
        try {
            TransferConfig transfer = new TransferConfig(
                    identity,
                    network.id(),
                    network.keys(),
                    config.bind(),
                    datagrams.port(),
                    "cairn/" + Version.NUMBER,
                    TransferLimits.DEFAULT);
            return new Sockets(datagrams, TransferNetwork.open(transfer, tls, clock, loop));
        } catch (IOException | RuntimeException failure) {
            datagrams.close();
            throw failure;
        }
    }

    private static CairnException failed(NodeConfig config, IOException failure) {
        return new CairnException(
                CairnException.Kind.NETWORK,
                config.port() == 0 ? "cannot listen" : "cannot listen on port " + config.port(),
                Reasons.of(failure),
                Reason.CHOOSE_ANOTHER_PORT
                        .says("choose another port (0 picks a free one), or check the addresses to listen on")
                        .and("port", config.port()),
                failure);
    }

    public int port() {
        return datagrams.port();
    }

    @Override
    public void close() {
        sessions.close();
        datagrams.close();
    }

    private interface Opener {
        Sockets open(int port) throws IOException;
    }
}
