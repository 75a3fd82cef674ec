package io.cairn.app.node;

import io.cairn.app.Fetch;
import io.cairn.app.FetchState;
import io.cairn.app.Node.CatalogueStatistics;
import io.cairn.app.Node.ChunkStatistics;
import io.cairn.app.Node.NodeInfo;
import io.cairn.app.Node.NodeStatistics;
import io.cairn.app.NodeConfig;
import io.cairn.app.Version;
import io.cairn.app.network.Sockets;
import io.cairn.app.network.Surroundings;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.node.DhtNode;
import io.cairn.transfer.swarm.Swarm;
import io.cairn.transfer.swarm.peer.SwarmStatistics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The figures of a node, gathered from its parts. Taken at each start and end too, so it uses no streams. */
final class Figures {
    private Figures() {}

    /** On the loop. */
    static NodeStatistics of(
            DhtNode dht, Swarm swarm, List<Fetch> fetches, CatalogueStatistics catalogue, long uptimeMillis) {
        SwarmStatistics transfer = swarm.statistics();
        SwarmStatistics.Chunks chunks = transfer.chunks();
        Map<FetchState, Integer> byState = new EnumMap<>(FetchState.class);
        for (Fetch fetch : fetches) {
            byState.merge(fetch.status().state(), 1, Integer::sum);
        }
        return new NodeStatistics(
                dht.statistics(),
                dht.recordStatistics(),
                transfer.receivedBytes(),
                transfer.sentBytes(),
                transfer.sessions().size(),
                uptimeMillis,
                swarm.proofsRefused(),
                new ChunkStatistics(chunks.good(), chunks.bad(), chunks.deliveries()),
                byState,
                catalogue);
    }

    /** Who a node is and where it listens. Any thread. */
    static NodeInfo info(
            NodeConfig config, Identity identity, Sockets sockets, Surroundings surroundings, DataDirectory directory) {
        return new NodeInfo(
                Version.NUMBER,
                identity.nodeId(),
                identity.publicKey(),
                sockets.port(),
                surroundings.addresses(),
                config.network(),
                config.lan(),
                config.bind(),
                config.bootstrap(),
                config.networkKeyFile(),
                directory.path());
    }
}
