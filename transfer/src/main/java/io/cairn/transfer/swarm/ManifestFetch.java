package io.cairn.transfer.swarm;

import io.cairn.dht.env.PatientWork;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.protocol.PeerMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the manifest in parts, all from one peer at a time, so that it is clear who lied if the hash is wrong; another is tried
 * when one is silent, or takes very long for a part. Confined to the loop.
 */
final class ManifestFetch {
    private final Key share;
    private final Scheduler scheduler;
    private final ManifestReader reader;
    private final SwarmLimits limits;
    private final Outcome outcome;
    private final Map<PeerLink, Long> candidates = new LinkedHashMap<>(); // not to be asked before
    private @Nullable PeerLink asked;
    private long askedMillis;
    private int total;
    private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean checking;
    private boolean over;

    ManifestFetch(Key share, Scheduler scheduler, ManifestReader reader, SwarmLimits limits, Outcome outcome) {
        this.share = share;
        this.scheduler = scheduler;
        this.reader = reader;
        this.limits = limits;
        this.outcome = outcome;
    }

    /** Hears what came of it. */
    interface Outcome {
        void arrived(Manifest manifest, PeerLink from);

        /** The bytes have another hash: this peer has lied. */
        void wrong(PeerLink liar);

        /** The bytes have the right hash and are no manifest. */
        void invalid(String reason);
    }

    /** A peer that may have it. */
    void candidate(PeerLink link, long nowMillis) {
        candidates.putIfAbsent(link, nowMillis);
        askNext(nowMillis);
    }

    void part(PeerLink from, PeerMessage.ManifestPart part, long nowMillis) {
        if (over || checking || from != asked || part.offset() != bytes.size()) {
            return;
        }
        if (part.offset() > 0 && part.total() != total) {
            postpone(from, nowMillis);
            return;
        }
        total = part.total();
        bytes.writeBytes(part.part());
        if (bytes.size() < total) {
            askedMillis = nowMillis;
            from.send(new PeerMessage.ManifestRequest(share, bytes.size()));
        } else {
            check(from, bytes.toByteArray());
        }
    }

    /** A peer does not have it yet. */
    void notYet(PeerLink link, long nowMillis) {
        postpone(link, nowMillis);
    }

    /** A peer is of no use any more. */
    void lost(PeerLink link, long nowMillis) {
        candidates.remove(link);
        if (link == asked && !checking) {
            asked = null;
            askNext(nowMillis);
        }
    }

    void tick(long nowMillis) {
        if (asked != null && !checking && isOverdue(asked, nowMillis)) {
            postpone(asked, nowMillis);
        }
        askNext(nowMillis);
    }

    /** A part takes long where the line is slow: as long as bytes come it is waited for, and longer where nobody else could be asked. */
    private boolean isOverdue(PeerLink link, long nowMillis) {
        boolean othersMayBeAsked = candidates.entrySet().stream()
                .anyMatch(other -> other.getKey() != link && other.getValue() <= nowMillis);
        return nowMillis - Math.max(askedMillis, link.lastReceivedMillis()) >= limits.silentMillis()
                || othersMayBeAsked && nowMillis - askedMillis >= limits.deadMillis();
    }

    void stop() {
        over = true;
    }

    private void askNext(long nowMillis) {
        if (over || checking || asked != null) {
            return;
        }
        for (Map.Entry<PeerLink, Long> candidate : candidates.entrySet()) {
            if (candidate.getValue() <= nowMillis) {
                asked = candidate.getKey();
                askedMillis = nowMillis;
                bytes = new ByteArrayOutputStream();
                asked.send(new PeerMessage.ManifestRequest(share, 0));
                return;
            }
        }
    }

    private void postpone(PeerLink link, long nowMillis) {
        if (candidates.remove(link) != null) {
            candidates.put(link, nowMillis + limits.busyMillis());
        }
        if (link == asked && !checking) {
            asked = null;
            askNext(nowMillis);
        }
    }

    private void check(PeerLink from, byte[] encoded) {
        checking = true;
        PatientWork.offload(scheduler, () -> read(encoded), (result, failure) -> {
            checking = false;
            asked = null;
            if (over) {
                return;
            }
            if (failure != null) {
                over = true;
                outcome.invalid(String.valueOf(failure.getMessage()));
            } else if (result == null) {
                candidates.remove(from);
                outcome.wrong(from);
            } else {
                over = true;
                outcome.arrived(result, from);
            }
        });
    }

    private @Nullable Manifest read(byte[] encoded) throws IOException {
        if (!Key.ofContent(encoded).equals(share)) {
            return null;
        }
        Manifest manifest = reader.read(encoded);
        if (!manifest.hash().equals(share)) {
            throw new IOException("its encoding is not the canonical one");
        }
        return manifest;
    }
}
