package io.cairn.transfer.swarm;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.node.Dht;
import java.util.List;
import java.util.random.RandomGenerator;

/** The part of a fetch's host that only holds and passes on. */
abstract class FetchEnvironment implements FetchHost {
    private final Dht dht;
    private final Clock clock;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final SwarmLimits limits;
    private final ManifestReader manifestReader;
    private final Dialler dialler;
    private final AssemblyBudget budget;
    private final LinkTable links;

    FetchEnvironment(
            Dht dht,
            Clock clock,
            Scheduler scheduler,
            RandomGenerator random,
            SwarmLimits limits,
            ManifestReader manifestReader,
            Dialler dialler,
            AssemblyBudget budget,
            LinkTable links) {
        this.dht = dht;
        this.clock = clock;
        this.scheduler = scheduler;
        this.random = random;
        this.limits = limits;
        this.manifestReader = manifestReader;
        this.dialler = dialler;
        this.budget = budget;
        this.links = links;
    }

    @Override
    public Dht dht() {
        return dht;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public SwarmLimits limits() {
        return limits;
    }

    @Override
    public ManifestReader manifestReader() {
        return manifestReader;
    }

    @Override
    public Dialler dialler() {
        return dialler;
    }

    @Override
    public PeerTrust trust() {
        return links.trust();
    }

    @Override
    public AssemblyBudget budget() {
        return budget;
    }

    @Override
    public List<PeerLink> links() {
        return links.all();
    }

    @Override
    public boolean strike(PeerLink link) {
        return links.strike(link);
    }

    @Override
    public void ban(PeerLink link, String reason) {
        links.ban(link, reason);
    }

    @Override
    public void drop(PeerLink link, String reason) {
        links.drop(link, reason);
    }
}
