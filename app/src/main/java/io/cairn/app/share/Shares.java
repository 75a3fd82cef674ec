package io.cairn.app.share;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.Offers;
import io.cairn.app.Offers.Offer;
import io.cairn.app.Reason;
import io.cairn.app.people.People;
import io.cairn.app.work.HashOwners;
import io.cairn.app.work.Reasons;
import io.cairn.app.work.Work;
import io.cairn.dht.Dht;
import io.cairn.dht.PublishedRegion;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.file.SharedContent;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.store.state.StoredShare;
import io.cairn.transfer.swarm.Swarm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The shares of this node: hashed, stored, served in place and published. Confined to the loop; disk access and hashing run on workers. */
public final class Shares implements ShareRounds.Register, ShareReturns.Register {
    /** Shares of earlier runs restored in one turn of the loop: takes a few milliseconds, even before the JVM is warm. */
    private static final int RESTORED_AT_ONCE = 64;

    private final Work work;
    private final Clock clock;
    private final StateDatabase state;
    private final Dht dht;
    private final Swarm swarm;
    private final Consumer<Node.Notice> notices;
    private final ShareFiles files;
    private final Audiences audiences;
    private final ShareReports reports;
    private final ShareHashing hashing;
    private final SharePublications publications;
    private final ShareRounds rounds;
    private final ShareReturns returns;
    private final ReadTroubles troubles = new ReadTroubles();
    private final Map<Key, ShareEntry> entries = new LinkedHashMap<>();
    private final CompletableFuture<Void> restored = new CompletableFuture<>();
    private final Set<Path> expected = new HashSet<>();
    private volatile boolean closed;

    public Shares(
            Work work,
            Clock clock,
            StateDatabase state,
            Dht dht,
            Swarm swarm,
            HashOwners owners,
            People people,
            RandomGenerator random,
            Supplier<List<Endpoint>> addresses,
            Consumer<Node.Notice> notices) {
        this.work = work;
        this.clock = clock;
        this.state = state;
        this.dht = dht;
        this.swarm = swarm;
        this.notices = notices;
        this.files = new ShareFiles(state);
        this.hashing = new ShareHashing(clock, state);
        this.publications = new SharePublications(work, state, dht, swarm, addresses);
        SecretRenewals.Asking asking = SecretRenewals.overSessions(people.finder(), swarm);
        this.audiences = new Audiences(work, clock, random, people, swarm, publications, entries, asking);
        this.reports = new ShareReports(swarm, audiences, addresses, troubles, entries);
        this.rounds = new ShareRounds(work, files, this);
        this.returns = new ShareReturns(work, files, state, owners, this, () -> closed);
        work.scheduler().execute(swarm::anyMayCome);
    }

    /** Restores the shares of earlier runs in batches. A share whose files changed is kept but not offered. */
    public CompletableFuture<Void> restore() {
        return audiences
                .restore()
                .thenCompose(known -> work.offload(() -> new Remembered(
                        state.shares().hashes(), state.publishedRegions().all())))
                .thenCompose(found -> {
                    swarm.coming(found.shares().stream()
                            .filter(share -> !entries.containsKey(share))
                            .toList());
                    dht.resumePublishing(found.regions(), new StoredPublishJournal(work, state, publications));
                    CompletableFuture<Void> done = new CompletableFuture<>();
                    restore(found.shares(), done);
                    return done;
                })
                .whenComplete((done, failure) -> {
                    restored.complete(null);
                    swarm.coming(List.of());
                });
    }

    private void restore(List<Key> hashes, CompletableFuture<Void> done) {
        if (hashes.isEmpty() || closed) {
            done.complete(null);
            return;
        }
        List<Key> batch = hashes.subList(0, Math.min(RESTORED_AT_ONCE, hashes.size()));
        List<Key> unknown =
                batch.stream().filter(hash -> !entries.containsKey(hash)).toList();
        CompletableFuture<Void> unused = work.offload(() -> files.reopen(unknown))
                .thenAccept(this::restored)
                .whenComplete((restoredBatch, failure) -> {
                    if (failure == null) {
                        restore(hashes.subList(batch.size(), hashes.size()), done);
                    } else {
                        done.completeExceptionally(failure);
                    }
                });
    }

    /** Completes once the shares of earlier runs are restored. */
    public CompletableFuture<Void> restored() {
        return restored.copy();
    }

    /**
     * The content of a share; empty if it is not shared or not available. A share of an earlier run is restored out of
     * turn if necessary, so that the caller does not wait for thousands of others.
     */
    public CompletableFuture<Optional<SharedContent>> find(Key hash) {
        if (restored.isDone() || entries.containsKey(hash)) {
            return CompletableFuture.completedFuture(served(hash));
        }
        return audiences
                .restored()
                .thenCompose(known -> work.offload(() -> files.reopen(List.of(hash))))
                .thenApply(found -> {
                    restored(found);
                    return served(hash);
                });
    }

    /**
     * Shares a path; publishes it once the first attempt to join has ended.
     *
     * @param offer for whom it is from the first moment on; null to leave that as it is
     */
    public CompletableFuture<Node.ShareReport> add(
            Path path,
            ShareOptions options,
            @Nullable Offer offer,
            Consumer<Node.HashProgress> progress,
            BooleanSupplier cancelled,
            CompletableFuture<Integer> joined) {
        return work.offload(() -> hashing.hash(path, options, progress, () -> closed || cancelled.getAsBoolean()))
                .thenCompose(hashed -> restored.thenCompose(known -> audiences.shared(hashed.share(), offer))
                        .thenCompose(settled -> keep(hashed.share()))
                        .thenCombine(joined, (entry, contacts) -> entry)
                        .thenCompose(entry -> publications.publish(entry.share().manifest(), 0, 0))
                        .thenApply(publication -> reports.report(hashed, publication, closed)));
    }

    /** For whom the shares are. */
    public Audiences audiences() {
        return audiences;
    }

    /** The shares in words and figures. */
    public ShareReports reports() {
        return reports;
    }

    /** Where the shares are published. */
    public SharePublications publications() {
        return publications;
    }

    /** Changes for whom a share is. */
    public CompletableFuture<Offers.Offered> change(Key hash, Offer offer) {
        return restored.thenCompose(known -> entries.containsKey(hash)
                        ? audiences.change(hash, offer)
                        : CompletableFuture.failedFuture(
                                notShared("cannot change for whom " + hash.toHex() + " is", hash)))
                .thenApply(changed -> {
                    ShareEntry entry = entries.get(hash);
                    if (entry == null) {
                        throw new CompletionException(notShared("stopped sharing", hash));
                    }
                    Manifest manifest = entry.share().manifest();
                    return new Offers.Offered(hash, manifest.name(), audiences.of(hash), reports.link(manifest));
                });
    }

    /**
     * Shares newly fetched and verified content; completes when it is served from its place. Other nodes have published its chunks, so
     * this node publishes them after a delay, so as not to disturb running fetches of other nodes.
     */
    public CompletableFuture<Void> adopt(Manifest manifest, Path path) {
        return adopt(work.offload(() -> stored(manifest, path, SharedContent.stamps(manifest, path))), manifest);
    }

    /** Shares newly placed content with the stamps that the fetch left; a share whose files changed since is not offered. */
    public CompletableFuture<Void> adopt(Manifest manifest, Path path, List<FileStamp> left) {
        return adopt(work.offload(() -> stored(manifest, path, left)), manifest);
    }

    private CompletableFuture<Void> adopt(CompletableFuture<StoredShare> stored, Manifest manifest) {
        return stored.thenCompose(share -> restored.thenCompose(known -> keep(share)))
                .thenAccept(entry -> Work.watch(publications.publishAdopted(manifest), "publishing a fetched share"));
    }

    public CompletableFuture<Node.Share> remove(Key hash) {
        return restored.thenCompose(known -> removeKnown(hash));
    }

    /** Removes a share if it is served from this path; the same content shared from elsewhere stays. */
    public CompletableFuture<Key> removeAt(Key hash, Path path) {
        return restored.thenCompose(known -> {
            ShareEntry entry = entries.get(hash);
            return entry == null || !entry.share().path().equals(path)
                    ? CompletableFuture.completedFuture(hash)
                    : removeKnown(hash).thenApply(removed -> hash);
        });
    }

    private CompletableFuture<Node.Share> removeKnown(Key hash) {
        ShareEntry entry = entries.remove(hash);
        if (entry == null) {
            return CompletableFuture.failedFuture(notShared("cannot unshare " + hash.toHex(), hash));
        }
        stopOffering(entry);
        Node.Share removed = reports.describe(entry);
        return work.offload(() -> {
                    state.shares().remove(hash);
                    return hash;
                })
                .thenCompose(audiences::forget)
                .thenApply(forgotten -> removed);
    }

    private static CairnException notShared(String what, Key hash) {
        return new CairnException(
                CairnException.Kind.OTHER,
                what,
                "this node does not share it",
                Reason.LIST_THE_SHARES.says("list its shares").and("hash", hash));
    }

    /** Stops serving, watching and publishing a share and closes its files. */
    private void stopOffering(ShareEntry entry) {
        Key hash = entry.share().hash();
        files.watch().unwatch(hash);
        troubles.forget(hash);
        swarm.stopServing(hash);
        publications.withdraw(hash);
        close(entry);
    }

    /** Closes the files of a share that is no longer served, or is served from elsewhere; running reads finish. */
    private void close(@Nullable ShareEntry entry) {
        if (entry != null && entry.isOffered()) {
            Work.watch(work.offload(() -> ShareFiles.close(List.of(entry))), "closing the files of a share");
        }
    }

    /** Whether changes of what is shared at a path are somebody's business, so that the user is not told of them. */
    public void expectChanges(Path path, boolean isExpected) {
        if (isExpected) {
            expected.add(path);
        } else {
            expected.remove(path);
        }
    }

    /** The periodic checks of the shares' files. */
    public ShareRounds rounds() {
        return rounds;
    }

    /** Offers shares again once their files return. */
    public ShareReturns returns() {
        return returns;
    }

    @Override
    public List<ShareEntry> unavailable() {
        return closed
                ? List.of()
                : entries.values().stream().filter(entry -> !entry.isOffered()).toList();
    }

    @Override
    public void offerAgain(ShareEntry before, ShareEntry opened) {
        Key hash = opened.share().hash();
        if (closed || !before.equals(entries.get(hash))) {
            close(opened);
            if (served(hash).isEmpty()) {
                files.watch().unwatch(hash);
            }
            return;
        }
        entries.put(hash, opened);
        serve(opened);
        Work.watch(publications.publish(opened.share().manifest(), 0, 0), "publishing a returned share");
        notices.accept(new Node.Notice.ShareReturned(reports.describe(opened)));
    }

    @Override
    public void forgetPublications(Set<Key> hashes) {
        publications.forget(hashes);
    }

    @Override
    public Collection<ShareEntry> all() {
        return entries.values();
    }

    @Override
    public @Nullable ShareEntry entry(Key share) {
        return entries.get(share);
    }

    /** Withdraws a share with a damaged file, even if the file's stamp is unchanged; it is not offered until it has been hashed. */
    public void contentChanged(Key hash, Path path, String what) {
        withdraw(hash, new ContentChangedException(path, what));
        doubt(hash);
    }

    @Override
    public void doubt(Key hash) {
        ShareEntry entry = entries.get(hash);
        if (entry != null && !entry.isOffered()) {
            ShareEntry doubted = entry.doubted();
            entries.put(hash, doubted);
            Work.watch(
                    work.offload(() -> {
                        state.shares().put(doubted.share());
                        return hash;
                    }),
                    "storing that a share is damaged");
        }
    }

    @Override
    public void withdraw(Key hash, ContentChangedException changed) {
        ShareEntry entry = entries.get(hash);
        if (entry != null && entry.isOffered()) {
            ShareEntry unavailable = entry.unavailable(changed);
            entries.put(hash, unavailable);
            stopOffering(entry);
            if (!expected.contains(entry.share().path())) {
                notices.accept(
                        new Node.Notice.ShareChanged(reports.describe(unavailable), changed.path(), changed.what()));
            }
        }
    }

    /** Handles a failed read for a peer: withdraws a share that changed; otherwise notes the trouble, and the peer may retry. */
    public void unreadable(Key hash, Throwable failure) {
        if (failure instanceof ContentChangedException changed) {
            withdraw(hash, changed);
            publications.forget(Set.of(hash));
            return;
        }
        ShareEntry entry = entries.get(hash);
        if (entry != null && entry.isOffered()) {
            boolean isKnown = troubles.why(hash, swarm.uploadedBytes(hash)) != null;
            troubles.add(hash, failure, swarm.uploadedBytes(hash));
            Node.Share described = reports.describe(entry);
            String why = described.trouble();
            if (!isKnown && why != null) {
                notices.accept(new Node.Notice.ShareUnreadable(described, why));
            }
        }
    }

    public List<Node.Share> list() {
        return entries.values().stream().map(reports::describe).toList();
    }

    public Optional<Manifest> manifest(Key hash) {
        return Optional.ofNullable(entries.get(hash)).map(entry -> entry.share().manifest());
    }

    /** The content of a share as served now; empty if it is not shared or not available. */
    public Optional<SharedContent> served(Key hash) {
        return Optional.ofNullable(entries.get(hash)).map(ShareEntry::content);
    }

    public void close() {
        closed = true;
        files.stopWatching();
    }

    /** Closes all files; called after serving has ended. Completes when all are closed. */
    public CompletableFuture<?> closeFiles() {
        List<ShareEntry> offered =
                entries.values().stream().filter(ShareEntry::isOffered).toList();
        return work.offload(() -> ShareFiles.close(offered));
    }

    private StoredShare stored(Manifest manifest, Path path, List<FileStamp> stamps) {
        return new StoredShare(manifest, path, stamps, clock.wallMillis(), 0, 0);
    }

    /** Stores and serves a share. Also removes earlier, outdated shares of the same path, even if their change went unnoticed so far. */
    private CompletableFuture<ShareEntry> keep(StoredShare share) {
        boolean isKnown = entries.containsKey(share.hash());
        List<ShareEntry> earlier = entries.values().stream()
                .filter(entry -> entry.share().path().equals(share.path()))
                .filter(entry -> !entry.share().hash().equals(share.hash()))
                .toList();
        return work.offload(() -> {
                    if (isKnown) {
                        files.watch().unwatch(share.hash()); // it may have been shared from another path
                    }
                    ShareEntry entry = files.open(share);
                    List<ShareEntry> outdated = ShareFiles.outdated(earlier);
                    state.shares().put(share);
                    for (ShareEntry old : outdated) {
                        state.shares().remove(old.share().hash());
                    }
                    return new Kept(entry, outdated);
                })
                .thenApply(kept -> {
                    kept.outdated().forEach(this::forget);
                    ShareEntry replaced = entries.put(share.hash(), kept.entry());
                    serve(kept.entry());
                    close(replaced);
                    return kept.entry();
                });
    }

    private void forget(ShareEntry outdated) {
        Key hash = outdated.share().hash();
        ShareEntry now = entries.get(hash);
        if (now != null && (!now.isOffered() || now.content() == outdated.content())) {
            entries.remove(hash);
            stopOffering(now);
            Work.watch(audiences.forget(hash), "forgetting for whom an outdated share was");
        }
    }

    private void restored(List<ShareFiles.Reopened> batch) {
        Set<Key> unavailable = new LinkedHashSet<>();
        for (ShareFiles.Reopened one : batch) {
            ShareEntry entry = one.entry();
            IOException failure = one.failure();
            if (entries.putIfAbsent(entry.share().hash(), entry) != null) {
                close(entry); // restored twice, in its batch and out of turn
            } else if (failure == null) {
                serve(entry);
                Work.watch(
                        publications.publish(
                                entry.share().manifest(), entry.share().publishedMillis(), 0),
                        "publishing a restored share");
            } else {
                unavailable.add(entry.share().hash());
                tellUnavailable(entry, failure);
            }
        }
        publications.forget(unavailable);
        swarm.comingNoMore(batch.stream().map(one -> one.entry().share().hash()).toList());
    }

    private void tellUnavailable(ShareEntry entry, IOException failure) {
        notices.accept(
                failure instanceof ContentChangedException changed
                        ? new Node.Notice.ShareChanged(reports.describe(entry), changed.path(), changed.what())
                        : new Node.Notice.ShareChanged(
                                reports.describe(entry),
                                entry.share().path(),
                                "cannot be read: " + Reasons.of(failure)));
    }

    private void serve(ShareEntry entry) {
        if (entry.content() != null) {
            swarm.serve(entry.content());
        }
    }

    private record Remembered(List<Key> shares, List<PublishedRegion> regions) {}

    private record Kept(ShareEntry entry, List<ShareEntry> outdated) {}
}
