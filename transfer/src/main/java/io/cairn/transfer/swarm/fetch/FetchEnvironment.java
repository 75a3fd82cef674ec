package io.cairn.transfer.swarm.fetch;

import io.cairn.dht.Dht;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.transfer.swarm.peer.Audience;
import io.cairn.transfer.swarm.peer.ChunkTally;
import io.cairn.transfer.swarm.peer.Dialler;
import io.cairn.transfer.swarm.peer.LinkTable;
import io.cairn.transfer.swarm.peer.SwarmLimits;
import java.util.random.RandomGenerator;

/**
 * Shared by all fetches of a swarm.
 *
 * @param manifestReader called on workers
 * @param links every session; also strikes, bans and closes peers
 * @param audience which of the fetched shares are for some alone
 */
public record FetchEnvironment(
        Dht dht,
        Clock clock,
        Scheduler scheduler,
        RandomGenerator random,
        SwarmLimits limits,
        ManifestReader manifestReader,
        Dialler dialler,
        AssemblyBudget budget,
        LinkTable links,
        Audience audience,
        ChunkTally chunks) {}
