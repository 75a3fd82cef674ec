package io.cairn.app.doctor;

import io.cairn.app.NodeConfig;
import io.cairn.app.network.Bootstraps;
import io.cairn.app.network.NetworkAccess;
import io.cairn.app.network.Sockets;
import io.cairn.app.network.Surroundings;
import io.cairn.app.work.Work;
import io.cairn.dht.node.DhtNode;
import io.cairn.transfer.swarm.Swarm;
import java.util.concurrent.CompletableFuture;

/**
 * The parts of a node that are examined.
 *
 * @param joined completes after the first attempt to join
 */
public record Patient(
        Work work,
        NodeConfig config,
        NetworkAccess network,
        Sockets sockets,
        Surroundings surroundings,
        Bootstraps bootstraps,
        DhtNode dht,
        Swarm swarm,
        CompletableFuture<Integer> joined) {}
