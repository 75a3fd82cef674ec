package io.cairn.app.fetch.run;

import io.cairn.app.network.NetworkView;
import io.cairn.app.network.Surroundings;
import io.cairn.app.share.Shares;
import io.cairn.app.work.HashOwners;
import io.cairn.app.work.Work;
import io.cairn.dht.Dht;
import io.cairn.dht.env.Clock;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.swarm.Swarm;
import java.util.function.Supplier;

/**
 * The parts of the node that fetches, repairs and look-ups for manifests work with.
 *
 * @param view what this node sees of the network now; called on the loop
 */
public record FetchTools(
        Work work,
        Clock clock,
        StateDatabase state,
        Dht dht,
        Swarm swarm,
        Shares shares,
        HashOwners owners,
        Surroundings surroundings,
        Supplier<NetworkView> view) {}
