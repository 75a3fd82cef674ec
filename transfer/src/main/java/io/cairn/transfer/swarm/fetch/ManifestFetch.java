package io.cairn.transfer.swarm.fetch;

import io.cairn.dht.env.PatientWork;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.ManifestCodec;
import io.cairn.transfer.swarm.peer.PeerLink;
import io.cairn.transfer.swarm.peer.SwarmLimits;
import io.cairn.transfer.swarm.port.ManifestPiece;
import io.cairn.transfer.swarm.port.PeerId;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the manifest in parts, all from one peer at a time, so that a wrong hash identifies the liar; another peer is tried when one is
 * silent or very slow with a part. Each time that no peer answers, twice as many are asked for the start at once, and the first to answer
 * delivers the rest. Invented identities that stay silent thus cost only a few rounds, however many they are. Confined to the loop.
 */
final class ManifestFetch {
    private final Key share;
    private final FetchEnvironment env;
    private final SwarmLimits limits;
    private final Outcome outcome;
    private final Map<PeerLink, Long> candidates = new LinkedHashMap<>(); // with the earliest time to ask
    private final Set<PeerId> refused = new HashSet<>();
    private final Set<PeerLink> askedFirst = new LinkedHashSet<>(); // for the start; none has answered
    private int askAtOnce = 1;
    private @Nullable PeerLink asked; // delivers the rest
    private long askedMillis;
    private @Nullable ArrivingManifest arriving;
    private boolean checking;
    private boolean over;

    ManifestFetch(Key share, FetchEnvironment env, Outcome outcome) {
        this.share = share;
        this.env = env;
        this.limits = env.limits();
        this.outcome = outcome;
    }

    /** Receives the result. */
    interface Outcome {
        void arrived(Manifest manifest, PeerLink from);

        /** The bytes have another hash: this peer has lied. */
        void wrong(PeerLink liar);

        /** What this peer started to send cannot be a manifest, whatever its hash: another peer may send a different one. */
        void unusable(PeerLink from, String reason);

        /** The bytes have the right hash but are not a manifest. */
        void invalid(String reason);
    }

    /** Whether this peer sent something that cannot be a manifest. */
    boolean hasRefused(PeerId peer) {
        return refused.contains(peer);
    }

    /** A peer that may have it. */
    void candidate(PeerLink link, long nowMillis) {
        candidates.putIfAbsent(link, nowMillis);
        askNext(nowMillis);
    }

    void piece(PeerLink from, ManifestPiece piece, long nowMillis) {
        int here = arriving == null ? 0 : arriving.size();
        if (askedFirst.contains(from) && piece.offset() == 0) {
            askedFirst.clear();
            asked = from;
        }
        if (over || checking || from != asked || piece.offset() != here) {
            return;
        }
        if (piece.total() > ManifestCodec.BYTES_MAX) {
            refuse(
                    from,
                    String.format("it has %,d bytes, at most %,d are allowed", piece.total(), ManifestCodec.BYTES_MAX));
            return;
        }
        ArrivingManifest manifest = arriving == null ? new ArrivingManifest((int) piece.total()) : arriving;
        if (piece.total() != manifest.total()) {
            postpone(from, nowMillis);
            return;
        }
        arriving = manifest;
        manifest.add(piece.bytes());
        if (manifest.isWhole()) {
            check(from, manifest.bytes());
        } else if (manifest.isCheckDue()) {
            checkBeginning(from, manifest);
        } else {
            askForMore(from, manifest);
        }
    }

    /** A peer does not have it yet. */
    void notYet(PeerLink link, long nowMillis) {
        postpone(link, nowMillis);
    }

    /** A peer is of no more use. */
    void lost(PeerLink link, long nowMillis) {
        candidates.remove(link);
        giveUp(link, nowMillis);
    }

    void tick(long nowMillis) {
        if (asked != null && !checking && isOverdue(asked, nowMillis)) {
            postpone(asked, nowMillis);
        }
        if (!askedFirst.isEmpty() && askedFirst.stream().allMatch(link -> isOverdue(link, nowMillis))) {
            askAtOnce = Math.min(SwarmLimits.MANIFEST_ASKED_MAX, 2 * askAtOnce);
            List.copyOf(askedFirst).forEach(link -> postpone(link, nowMillis));
        }
        askNext(nowMillis);
    }

    /** A part takes long on a slow line: while bytes arrive the fetch waits for it, and longer if no other peer could be asked. */
    private boolean isOverdue(PeerLink link, long nowMillis) {
        boolean othersMayBeAsked = candidates.entrySet().stream()
                .anyMatch(other -> other.getKey() != link
                        && !askedFirst.contains(other.getKey())
                        && other.getValue() <= nowMillis);
        return nowMillis - Math.max(askedMillis, link.lastReceivedMillis()) >= limits.silentMillis()
                || othersMayBeAsked && nowMillis - askedMillis >= limits.deadMillis();
    }

    void stop() {
        over = true;
    }

    private void askNext(long nowMillis) {
        if (over || checking || asked != null || !askedFirst.isEmpty()) {
            return;
        }
        candidates.entrySet().stream()
                .filter(candidate -> candidate.getValue() <= nowMillis)
                .limit(askAtOnce)
                .forEach(candidate -> askedFirst.add(candidate.getKey()));
        askedMillis = nowMillis;
        askedFirst.forEach(link -> link.connection().requestManifest(share, 0));
    }

    private void postpone(PeerLink link, long nowMillis) {
        if (candidates.remove(link) != null) {
            candidates.put(link, nowMillis + limits.busyMillis());
        }
        giveUp(link, nowMillis);
    }

    private void giveUp(PeerLink link, long nowMillis) {
        if (askedFirst.remove(link)) {
            askNext(nowMillis);
        } else if (link == asked && !checking) {
            end();
            askNext(nowMillis);
        }
    }

    private void askForMore(PeerLink from, ArrivingManifest manifest) {
        askedMillis = env.clock().monotonicMillis();
        from.connection().requestManifest(share, manifest.size());
    }

    /** Refuses content that no manifest may hold before all of it has arrived. */
    private void checkBeginning(PeerLink from, ArrivingManifest manifest) {
        checking = true;
        byte[] beginning = manifest.bytes();
        PatientWork.offload(
                env.scheduler(),
                () -> Optional.ofNullable(env.manifestReader().problem(beginning)),
                (problem, failure) -> {
                    checking = false;
                    if (over) {
                        return;
                    }
                    if (problem != null && problem.isPresent()) {
                        refuse(from, problem.get());
                    } else if (candidates.containsKey(from)) {
                        askForMore(from, manifest);
                    } else {
                        end();
                        askNext(env.clock().monotonicMillis());
                    }
                });
    }

    private void refuse(PeerLink from, String reason) {
        candidates.remove(from);
        refused.add(from.peer());
        end();
        outcome.unusable(from, reason);
    }

    private void end() {
        asked = null;
        arriving = null;
    }

    private void check(PeerLink from, byte[] encoded) {
        checking = true;
        PatientWork.offload(env.scheduler(), () -> read(encoded), (result, failure) -> {
            checking = false;
            end();
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
        Manifest manifest = env.manifestReader().read(encoded);
        if (!manifest.hash().equals(share)) {
            throw new IOException("its encoding is not the canonical one");
        }
        return manifest;
    }
}
