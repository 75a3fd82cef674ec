package io.cairn.transfer.swarm;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.node.Dht;
import io.cairn.transfer.content.Content;
import java.util.List;
import java.util.random.RandomGenerator;

/** What a fetch needs of its swarm. */
interface FetchHost {
    Dht dht();

    Clock clock();

    Scheduler scheduler();

    RandomGenerator random();

    SwarmLimits limits();

    ManifestReader manifestReader();

    Dialler dialler();

    PeerTrust trust();

    AssemblyBudget budget();

    /** Every session. */
    List<PeerLink> links();

    /** Serves what is being fetched. */
    ServedShare serveGrowing(Content content);

    /** A chunk has been added to what is being fetched. */
    void gained(ServedShare share, int chunk);

    /** A peer has sent false data; at the limit it is banned and all its sessions are closed. */
    boolean strike(PeerLink link);

    /** Closes a peer's sessions and lets it in no more for a while. */
    void ban(PeerLink link, String reason);

    /** Closes a session that is of no use. */
    void drop(PeerLink link, String reason);

    /**
     * A fetch has ended.
     *
     * @param keepServing whether what it fetched is served on
     */
    void ended(SwarmFetch fetch, boolean keepServing);
}
