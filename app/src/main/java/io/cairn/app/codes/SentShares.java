package io.cairn.app.codes;

import io.cairn.app.Codes.Send;
import io.cairn.app.Node.HashProgress;
import io.cairn.app.Node.Share;
import io.cairn.app.Node.ShareReport;
import io.cairn.app.Offers.Offer;
import io.cairn.app.Operation;
import io.cairn.app.people.OfferBook;
import io.cairn.app.share.Shares;
import io.cairn.app.work.Work;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.content.hashing.ScannedShare;
import io.cairn.transfer.content.hashing.ShareHasher;
import io.cairn.transfer.content.hashing.ShareScanner;
import io.cairn.transfer.protocol.code.Offering;
import io.cairn.transfer.store.state.OfferTable.StoredOffer;
import io.cairn.transfer.store.state.SettingTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shares beneath what is sent. Those that exist for sends alone end with the last of them, unless you share the same yourself; a run that
 * was killed leaves them behind, and the next one ends them. What you share already is sent as it is. On the loop.
 */
final class SentShares {
    private static final Logger LOG = LoggerFactory.getLogger(SentShares.class);

    /** Under this name, the state database has the hashes of shares that exist for sends alone. */
    private static final String STORED = "sent.shares";

    private final Work work;
    private final Shares shares;
    private final OfferBook offers;
    private final SettingTable stored;
    private final LocalCodes.Sharing sharing;
    private final Function<Key, CompletableFuture<Share>> unsharing;
    private final Map<Key, Integer> holds = new LinkedHashMap<>(); // of shares that exist for sends alone
    private final Set<Shared> running = new HashSet<>();
    private CompletableFuture<Void> lastStore = CompletableFuture.completedFuture(null);

    SentShares(
            Work work,
            Shares shares,
            OfferBook offers,
            SettingTable stored,
            LocalCodes.Sharing sharing,
            Function<Key, CompletableFuture<Share>> unsharing) {
        this.work = work;
        this.shares = shares;
        this.offers = offers;
        this.stored = stored;
        this.sharing = sharing;
        this.unsharing = unsharing;
    }

    /** What is shared for one send; until it is released. */
    static final class Shared {
        private final List<Offering.Item> items = new ArrayList<>();
        private final List<Key> held = new ArrayList<>();
        private final Set<Key> yours = new HashSet<>(); // you shared them since this send began
        private @Nullable CompletableFuture<?> hashing;
        private volatile boolean over;

        List<Offering.Item> items() {
            return List.copyOf(items);
        }
    }

    /** Ends the shares that a killed run left behind. */
    CompletableFuture<Void> restore() {
        return work.offload(() -> stored.all().getOrDefault(STORED, ""))
                .thenCombine(shares.restored(), (hashes, restored) -> hashes)
                .thenCompose(hashes -> end(List.of(hashes.split(" ")).stream()
                        .filter(hash -> !hash.isEmpty())
                        .map(Key::fromHex)
                        .filter(hash -> !holds.containsKey(hash))
                        .toList()));
    }

    /**
     * Shares all paths. What is shared already stays where it is and for whom it is.
     *
     * @param offer for whom the others are
     * @param shared gets each share at once; the caller releases it, even if sharing fails
     */
    CompletableFuture<Shared> share(Send what, Offer offer, Shared shared, Consumer<HashProgress> progress) {
        running.add(shared);
        CompletableFuture<Void> done = shares.restored();
        for (Path path : what.paths()) {
            done = done.thenCompose(before -> share(path, what.options(), offer, shared, progress));
        }
        return done.thenApply(all -> shared);
    }

    private CompletableFuture<Void> share(
            Path path, ShareOptions options, Offer offer, Shared shared, Consumer<HashProgress> progress) {
        return work.offload(() -> real(path)).thenCompose(root -> {
            if (shared.over) {
                return CompletableFuture.failedFuture(new CancellationException("withdrawn"));
            }
            List<Key> there = at(root);
            if (!there.isEmpty()) {
                boolean isYours = !holds.keySet().containsAll(there);
                there.stream().filter(holds::containsKey).forEach(hash -> hold(hash, shared));
                return add(path, options, null, isYours, shared, progress);
            }
            return elsewhere(path, root, options, shared, progress).thenCompose(known -> {
                if (known.isEmpty()) {
                    return add(path, options, offer, false, shared, progress);
                }
                Share share = known.get();
                return share.available()
                        ? added(share, true, shared)
                        : add(path, options, null, true, shared, progress); // from here on, for whom it is
            });
        });
    }

    private List<Key> at(Path root) {
        return shares.list().stream()
                .filter(share -> share.path().equals(root))
                .map(Share::hash)
                .toList();
    }

    /** The share of the same content at another path; what looks alike is hashed first, since sharing it again would move it. */
    private CompletableFuture<Optional<Share>> elsewhere(
            Path path, Path root, ShareOptions options, Shared shared, Consumer<HashProgress> progress) {
        Set<String> names = Set.copyOf(List.of(String.valueOf(path.getFileName()), String.valueOf(root.getFileName())));
        List<Share> alike = shares.list().stream()
                .filter(share -> names.contains(share.name()))
                .toList();
        if (alike.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return work.offload(() -> hash(path, options, alike, shared, progress))
                .thenApply(hash -> shares.list().stream()
                        .filter(share -> hash.filter(share.hash()::equals).isPresent())
                        .findFirst());
    }

    /** On a worker. Empty if nothing is of this size, or if it cannot be read: sharing it says why. */
    private static Optional<Key> hash(
            Path path, ShareOptions options, List<Share> alike, Shared shared, Consumer<HashProgress> progress)
            throws InterruptedException {
        try {
            ScannedShare scan = ShareScanner.scan(path, options, () -> shared.over);
            long size = scan.totalBytes();
            return alike.stream().noneMatch(share -> share.size() == size)
                    ? Optional.empty()
                    : Optional.of(new ShareHasher()
                            .hash(scan, bytes -> progress.accept(new HashProgress(bytes, size)), () -> shared.over)
                            .hash());
        } catch (IOException unreadable) {
            LOG.debug("cannot hash {}", path, unreadable);
            return Optional.empty();
        }
    }

    /** On a worker. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            LOG.debug("cannot find {}", path, missing);
            return path.toAbsolutePath().normalize(); // sharing it says why
        }
    }

    private CompletableFuture<Void> add(
            Path path,
            ShareOptions options,
            @Nullable Offer offer,
            boolean isYours,
            Shared shared,
            Consumer<HashProgress> progress) {
        Set<Key> known = shares.list().stream().map(Share::hash).collect(Collectors.toSet());
        Operation<HashProgress, ShareReport> operation = sharing.share(
                path,
                options,
                adding -> adding.as(offer)
                        .thenCompose(report -> added(
                                        report.share(),
                                        isYours || known.contains(report.share().hash()),
                                        shared)
                                .thenApply(done -> report)));
        shared.hashing = operation.completion();
        var unused = operation.events(progress);
        return work.onLoop(operation::completion).thenApply(report -> null);
    }

    private CompletableFuture<Void> added(Share share, boolean isKnown, Shared shared) {
        Key hash = share.hash();
        shared.items.add(new Offering.Item(
                hash,
                offers.find(hash).map(StoredOffer::secret).orElse(null),
                share.name(),
                share.size(),
                shares.manifest(hash).map(manifest -> manifest.files().size()).orElse(1)));
        if (!holds.containsKey(hash) && (isKnown || shared.yours.contains(hash))) {
            return CompletableFuture.completedFuture(null);
        }
        hold(hash, shared);
        return shared.over ? release(shared) : store();
    }

    private void hold(Key hash, Shared shared) {
        holds.merge(hash, 1, Integer::sum);
        shared.held.add(hash);
    }

    /** The send is over, or failed: ends the shares that exist for it alone. Never fails. */
    CompletableFuture<Void> release(Shared shared) {
        shared.over = true;
        running.remove(shared);
        if (shared.hashing != null) {
            shared.hashing.cancel(true);
        }
        List<Key> held = List.copyOf(shared.held);
        shared.held.clear();
        return release(held);
    }

    private CompletableFuture<Void> release(List<Key> held) {
        List<Key> last = held.stream()
                .filter(hash -> holds.computeIfPresent(hash, (same, count) -> count == 1 ? 0 : count - 1) != null)
                .filter(hash -> holds.remove(hash, 0))
                .toList();
        return last.isEmpty() ? CompletableFuture.completedFuture(null) : end(last);
    }

    /** You share a path yourself: it stays when a send of it ends, and is open if you do not say otherwise. */
    CompletableFuture<ShareReport> yours(Path path, @Nullable Offer offer, LocalCodes.Adding adding) {
        if (holds.isEmpty()) {
            return adding.as(offer).thenCompose(this::taken);
        }
        return work.offload(() -> real(path)).thenCompose(root -> {
            List<Key> held = at(root).stream().filter(holds::containsKey).toList();
            held.forEach(hash -> holds.merge(hash, 1, Integer::sum)); // until it is shared
            CompletableFuture<?> opened = offer == null && !held.isEmpty()
                    ? CompletableFuture.allOf(held.stream()
                            .map(hash -> shares.change(hash, Offer.OPEN))
                            .toArray(CompletableFuture<?>[]::new))
                    : CompletableFuture.completedFuture(null);
            return opened.thenCompose(done -> adding.as(offer))
                    .thenCompose(this::taken)
                    .whenComplete((report, failure) -> {
                        var unused = release(held);
                    });
        });
    }

    private CompletableFuture<ShareReport> taken(ShareReport report) {
        Key hash = report.share().hash();
        running.forEach(shared -> shared.yours.add(hash));
        return holds.remove(hash) == null
                ? CompletableFuture.completedFuture(report)
                : store().thenApply(done -> report);
    }

    private CompletableFuture<Void> end(List<Key> hashes) {
        CompletableFuture<?>[] ended = hashes.stream()
                .map(hash -> unsharing.apply(hash).handle((share, failure) -> {
                    if (failure != null) {
                        LOG.debug("{} is not shared any more", hash, failure);
                    }
                    return null;
                }))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(ended)
                .thenCompose(done -> hashes.isEmpty() ? CompletableFuture.completedFuture(null) : store());
    }

    /** One after the other, so that the last to be stored is the latest. */
    private CompletableFuture<Void> store() {
        lastStore = lastStore.thenCompose(before -> {
            String hashes = holds.keySet().stream().map(Key::toHex).collect(Collectors.joining(" "));
            return work.<Void>offload(() -> {
                        put(hashes);
                        return null;
                    })
                    .exceptionally(failure -> {
                        LOG.warn("cannot remember which shares exist for a code alone", failure);
                        return null;
                    });
        });
        return lastStore;
    }

    private void put(String hashes) throws IOException {
        stored.put(STORED, hashes);
    }
}
