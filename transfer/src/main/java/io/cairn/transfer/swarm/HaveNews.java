package io.cairn.transfer.swarm;

import io.cairn.dht.env.Scheduler;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.protocol.PeerMessage;
import io.cairn.transfer.protocol.ProtocolLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Tells peers of chunks as they are verified, some milliseconds' worth in one message, since each message is signed. Those who have the whole
 * share are not told. Confined to the loop.
 */
final class HaveNews {
    private final Scheduler scheduler;
    private final int batchMillis;
    private final Supplier<List<PeerLink>> links;
    private final Map<ServedShare, List<Integer>> news = new LinkedHashMap<>();

    HaveNews(Scheduler scheduler, int batchMillis, Supplier<List<PeerLink>> links) {
        this.scheduler = scheduler;
        this.batchMillis = batchMillis;
        this.links = links;
    }

    void gained(ServedShare share, int chunk) {
        if (news.isEmpty()) {
            scheduler.schedule(batchMillis, this::tell);
        }
        news.computeIfAbsent(share, s -> new ArrayList<>()).add(chunk);
    }

    private void tell() {
        Map<ServedShare, List<Integer>> now = new LinkedHashMap<>(news);
        news.clear();
        for (PeerLink link : links.get()) {
            now.forEach((share, chunks) -> {
                ChunkSet claim = link.claim(share.hash());
                if (claim != null && !claim.isComplete() && link.isAnnounced(share.hash())) {
                    tell(link, share, chunks);
                }
            });
        }
    }

    private static void tell(PeerLink link, ServedShare share, List<Integer> chunks) {
        int most = ProtocolLimits.CHUNKS_PER_MESSAGE_MAX;
        for (int from = 0; from < chunks.size(); from += most) {
            List<Integer> part = chunks.subList(from, Math.min(chunks.size(), from + most));
            link.send(new PeerMessage.HaveMore(share.hash(), part));
        }
    }
}
