package io.cairn.transfer.swarm.peer;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Announces verified chunks to peers, at once if nothing was announced for a while. Each announcement costs a signature here and a
 * verification at the peer, so the more peers there are, the more chunks are collected for one message. Peers that have the whole share get
 * none. A peer that has not announced its own chunks yet gets them too, since what it learned at its arrival is outdated. Confined to the
 * loop.
 */
public final class HaveNews {
    /** The pause per peer that got the last announcement: a signature and its verification take less than a hundredth of that. */
    private static final int PAUSE_MILLIS_PER_PEER = 30;

    private static final int PAUSE_MILLIS_MAX = 250;

    private final Scheduler scheduler;
    private final Clock clock;
    private final int batchMillis;
    private final Supplier<List<PeerLink>> links;
    private final Map<ServedShare, List<Integer>> news = new LinkedHashMap<>();
    private long pauseUntilMillis;

    public HaveNews(Scheduler scheduler, Clock clock, int batchMillis, Supplier<List<PeerLink>> links) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.pauseUntilMillis = clock.monotonicMillis();
        this.batchMillis = batchMillis;
        this.links = links;
    }

    public void gained(ServedShare share, int chunk) {
        if (news.isEmpty()) {
            scheduler.schedule(Math.max(batchMillis, pauseUntilMillis - clock.monotonicMillis()), this::tell);
        }
        news.computeIfAbsent(share, s -> new ArrayList<>()).add(chunk);
    }

    private void tell() {
        Map<ServedShare, List<Integer>> now = new LinkedHashMap<>(news);
        news.clear();
        int messages = 0;
        for (PeerLink link : links.get()) {
            for (Map.Entry<ServedShare, List<Integer>> gained : now.entrySet()) {
                Key share = gained.getKey().hash();
                ChunkSet claim = link.claim(share);
                if (link.isAnnounced(share) && (claim == null || !claim.isComplete())) {
                    link.connection().offerMore(share, gained.getValue());
                    messages++;
                }
            }
        }
        pauseUntilMillis = clock.monotonicMillis() + Math.min(PAUSE_MILLIS_MAX, messages * PAUSE_MILLIS_PER_PEER);
    }
}
