package io.cairn.app;

import io.cairn.dht.env.Clock;
import io.cairn.dht.node.Dht;
import io.cairn.transfer.store.StateDatabase;
import io.cairn.transfer.swarm.Swarm;
import java.util.function.Supplier;

/**
 * The parts of the node that fetches, repairs and look-ups for manifests work with.
 *
 * @param view what this node sees of the network now; called on the loop
 */
record FetchTools(
        Work work,
        Clock clock,
        StateDatabase state,
        Dht dht,
        Swarm swarm,
        Shares shares,
        HashOwners owners,
        Surroundings surroundings,
        Supplier<NetworkView> view) {}
