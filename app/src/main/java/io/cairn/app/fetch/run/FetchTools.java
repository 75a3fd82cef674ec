package io.cairn.app.fetch.run;

import io.cairn.app.network.NetworkView;
import io.cairn.app.network.Surroundings;
import io.cairn.app.people.People;
import io.cairn.app.share.Shares;
import io.cairn.app.work.HashOwners;
import io.cairn.app.work.Work;
import io.cairn.dht.Dht;
import io.cairn.dht.env.Clock;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.swarm.Swarm;
import io.cairn.transfer.swarm.trace.FetchTraces;
import java.util.function.Supplier;

/**
 * The parts of the node that fetches, repairs and manifest look-ups use.
 *
 * @param view the network as this node sees it now; called on the loop
 */
public record FetchTools(
        Work work,
        Clock clock,
        StateDatabase state,
        Dht dht,
        Swarm swarm,
        Shares shares,
        People people,
        HashOwners owners,
        Surroundings surroundings,
        Supplier<NetworkView> view,
        FetchTraces traces) {}
