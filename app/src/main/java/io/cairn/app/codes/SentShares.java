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
import io.cairn.transfer.protocol.code.Offering;
import io.cairn.transfer.store.state.OfferTable.StoredOffer;
import io.cairn.transfer.store.state.SettingTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shares beneath what is sent. Those that exist for a code alone end with it; a run that was killed leaves them behind, and the next one
 * ends them. On the loop.
 */
final class SentShares {
    private static final Logger LOG = LoggerFactory.getLogger(SentShares.class);

    /** Under this name, the state database has the hashes of shares that exist for a code alone. */
    private static final String STORED = "sent.shares";

    private final Work work;
    private final Shares shares;
    private final OfferBook offers;
    private final SettingTable stored;
    private final LocalCodes.Sharing sharing;
    private final Function<Key, CompletableFuture<Share>> unsharing;
    private final Set<Key> ofCodes = new LinkedHashSet<>();

    /** Hears of the hashing, and with it gets the future to cancel. */
    interface Progress extends BiConsumer<HashProgress, CompletableFuture<?>> {}

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

    /**
     * What is shared for one send.
     *
     * @param own shares that did not exist before
     */
    record Shared(List<Offering.Item> items, List<Key> own) {}

    /** Ends the shares that a killed run left behind. */
    CompletableFuture<Void> restore() {
        return work.offload(() -> stored.all().getOrDefault(STORED, ""))
                .thenCombine(shares.restored(), (hashes, restored) -> hashes)
                .thenCompose(hashes -> end(List.of(hashes.split(" ")).stream()
                        .filter(hash -> !hash.isEmpty())
                        .map(Key::fromHex)
                        .filter(hash -> !ofCodes.contains(hash))
                        .toList()));
    }

    /**
     * Shares all paths. A path that is shared already stays for whom it is.
     *
     * @param offer for whom the others are
     * @param progress told with the future of the sharing in progress, for cancelling
     */
    CompletableFuture<Shared> share(Send what, Offer offer, boolean forCode, Progress progress) {
        CompletableFuture<Shared> done = shares.restored().thenApply(restored -> new Shared(List.of(), List.of()));
        for (Path path : what.paths()) {
            done = done.thenCompose(before -> share(path, what.options(), offer, forCode, before, progress));
        }
        return done;
    }

    private CompletableFuture<Shared> share(
            Path path, ShareOptions options, Offer offer, boolean forCode, Shared before, Progress progress) {
        Path absolute = path.toAbsolutePath().normalize();
        List<Share> known = shares.list();
        boolean isShared = known.stream().anyMatch(share -> share.path().equals(absolute));
        Set<Key> hashes = known.stream().map(Share::hash).collect(Collectors.toSet());
        Operation<HashProgress, ShareReport> operation = sharing.share(absolute, options, isShared ? null : offer);
        progress.accept(new HashProgress(0, 0), operation.completion());
        var unused = operation.events(hashed -> progress.accept(hashed, operation.completion()));
        return work.onLoop(operation::completion).thenCompose(report -> {
            Key hash = report.share().hash();
            Shared shared = added(report.share(), before);
            return hashes.contains(hash) ? CompletableFuture.completedFuture(shared) : owned(hash, shared, forCode);
        });
    }

    private Shared added(Share share, Shared before) {
        List<Offering.Item> items = new ArrayList<>(before.items);
        items.add(new Offering.Item(
                share.hash(),
                offers.find(share.hash()).map(StoredOffer::secret).orElse(null),
                share.name(),
                share.size(),
                shares.manifest(share.hash())
                        .map(manifest -> manifest.files().size())
                        .orElse(1)));
        return new Shared(items, before.own);
    }

    private CompletableFuture<Shared> owned(Key hash, Shared shared, boolean forCode) {
        List<Key> own = new ArrayList<>(shared.own);
        own.add(hash);
        Shared result = new Shared(shared.items, own);
        if (!forCode) {
            return CompletableFuture.completedFuture(result);
        }
        ofCodes.add(hash);
        return store().thenApply(done -> result);
    }

    /** Ends shares that exist for a code alone. Never fails. */
    CompletableFuture<Void> end(List<Key> hashes) {
        CompletableFuture<?>[] ended = hashes.stream()
                .map(hash -> unsharing.apply(hash).handle((share, failure) -> {
                    if (failure != null) {
                        LOG.debug("{} is not shared any more", hash, failure);
                    }
                    return null;
                }))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(ended).thenCompose(done -> {
            if (!ofCodes.removeAll(hashes) && hashes.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            return store();
        });
    }

    private CompletableFuture<Void> store() {
        String hashes = ofCodes.stream().map(Key::toHex).collect(Collectors.joining(" "));
        return work.<Void>offload(() -> {
                    put(hashes);
                    return null;
                })
                .exceptionally(failure -> {
                    LOG.warn("cannot remember which shares exist for a code alone", failure);
                    return null;
                });
    }

    private void put(String hashes) throws IOException {
        stored.put(STORED, hashes);
    }
}
