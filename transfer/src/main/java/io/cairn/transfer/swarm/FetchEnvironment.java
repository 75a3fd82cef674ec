package io.cairn.transfer.swarm;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.node.Dht;
import java.util.random.RandomGenerator;

/**
 * What all fetches of a swarm share.
 *
 * @param manifestReader called on workers
 * @param links every session; also strikes, bans and closes peers
 */
record FetchEnvironment(
        Dht dht,
        Clock clock,
        Scheduler scheduler,
        RandomGenerator random,
        SwarmLimits limits,
        ManifestReader manifestReader,
        Dialler dialler,
        AssemblyBudget budget,
        LinkTable links) {}
