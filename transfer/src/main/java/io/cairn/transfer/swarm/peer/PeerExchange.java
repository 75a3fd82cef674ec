package io.cairn.transfer.swarm.peer;

import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.swarm.port.PeerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Introduces the participants of a share to each other, as BEP 11 does: a look-up names those who had it some time ago, a peer those
 * present now. A newcomer gets the others at once and dials them; the others get the newcomer a second later, when it has reached them if
 * it can, so that two seldom dial each other. A peer that has everything gets no introductions, as it requests nothing. Who may not have
 * the share is neither told of others nor named to them. Confined to the loop.
 */
public final class PeerExchange {
    private static final int LATER_MILLIS = 1_000;

    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final Audience audience;
    private final Supplier<List<PeerLink>> links;

    public PeerExchange(
            Scheduler scheduler, RandomGenerator random, Audience audience, Supplier<List<PeerLink>> links) {
        this.scheduler = scheduler;
        this.random = random;
        this.audience = audience;
        this.links = links;
    }

    /** A peer has announced its chunks of a share for the first time in its session. */
    public void joined(PeerLink newcomer, Key share) {
        List<PeerLink> others = new ArrayList<>();
        for (PeerLink link : links.get()) {
            if (link != newcomer
                    && link.claim(share) != null
                    && audience.mayHave(link, share)
                    && !link.peer().equals(newcomer.peer())) {
                others.add(link);
            }
        }
        while (others.size() > SwarmLimits.INTRODUCED_MAX) {
            others.remove(random.nextInt(others.size()));
        }
        tell(newcomer, share, others);
        if (!others.isEmpty()) {
            scheduler.schedule(LATER_MILLIS, () -> others.forEach(other -> tell(other, share, List.of(newcomer))));
        }
    }

    private void tell(PeerLink link, Key share, List<PeerLink> others) {
        ChunkSet claim = link.claim(share);
        List<PeerAddress> met = new ArrayList<>();
        for (PeerLink other : others) {
            Endpoint listening = other.listening();
            if (listening != null && !other.isClosed() && audience.mayHave(other, share)) {
                met.add(new PeerAddress(other.peer(), listening));
            }
        }
        if (claim != null && !claim.isComplete() && !met.isEmpty() && audience.mayHave(link, share)) {
            link.connection().introduce(share, met);
        }
    }
}
