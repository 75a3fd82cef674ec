package io.cairn.dht.node.publish;

import io.cairn.dht.PublishReport;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.Coverage;
import io.cairn.dht.node.lookup.LookupRun;
import io.cairn.dht.node.lookup.Lookups;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One attempt to publish a content: its root first, alone, then its chunks in a {@link Sweep} of several lanes. A node that answers the
 * root's look-up and is almost surely one of the holders gets the record at once, before the look-up ends (the optimistic provide of
 * go-libp2p-kad-dht); the actual k closest get it in any case.
 */
final class Publication {
    /** Once three quarters of its nodes hold the root, the others have this long to accept it before {@link #rootPlaced} completes. */
    private static final long GRACE_MILLIS = 250;

    private final Local local;
    private final Lookups lookups;
    private final Statement statement;
    private final Stores stores;
    private final Tally tally;
    private final Coverage coverage;
    private final Key root;
    private final List<Key> chunks;
    private final long startMillis;
    private final CompletableFuture<Void> rootPlaced = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final List<Sweep> lanes = new ArrayList<>();
    private final Set<NodeId> rootSentTo = new LinkedHashSet<>();
    private final Set<NodeId> rootHeldBy = new LinkedHashSet<>();
    private Set<NodeId> rootTargets = Set.of();
    private int rootWaiting;
    private boolean isRootSought = true;
    private boolean isGraceGiven;
    private boolean isCancelled;

    /** @param chunks sorted, distinct, without the root */
    Publication(Local local, Lookups lookups, OwnRecords own, Statement statement, Key root, List<Key> chunks) {
        this.local = local;
        this.lookups = lookups;
        this.statement = statement;
        this.tally = new Tally(() -> ended.complete(null));
        this.stores = own.stores(statement, tally);
        this.coverage = new Coverage(local.id(), local.limits().k());
        this.root = root;
        this.chunks = chunks;
        this.startMillis = local.monotonicMillis();
    }

    void start() {
        tally.opened();
        tally.lookupStarted();
        RecordBatch batch = stores.sign(List.of(root));
        lookups.findNodes(root, local.limits().k(), new LookupRun.Listener() {
            @Override
            public void answered(Contact contact, Message.Response response) {
                if (lookups.isAlmostSurelyHolder(contact, root)) {
                    sendRoot(contact, batch);
                }
            }

            @Override
            public void ended(List<Contact> closest) {
                rootFound(closest, batch);
                tally.closed();
            }

            @Override
            public void sent() {
                tally.datagramSent();
            }
        });
    }

    /** Starts no more look-ups; requests under way finish. */
    void cancel() {
        isCancelled = true;
        lanes.forEach(Sweep::cancel);
    }

    /** Completes when most target nodes hold the root, or when all of them have answered or failed. */
    CompletionStage<Void> rootPlaced() {
        return rootPlaced;
    }

    /** Completes when nothing is under way. */
    CompletionStage<Void> ended() {
        return ended;
    }

    /** The statement that is published. */
    Statement statement() {
        return statement;
    }

    /** Whether enough nodes accepted every key. */
    boolean isComplete() {
        return tally.failed().isEmpty();
    }

    /** Whether any other node answered. */
    boolean hasHeardOthers() {
        return tally.hasHeardOthers();
    }

    /** The chunks that too few nodes accepted, sorted. */
    List<Key> failedChunks() {
        List<Key> failed = new ArrayList<>(tally.failed());
        failed.remove(root);
        return ProvidedContent.distinct(failed.toArray(new Key[0]));
    }

    /**
     * The report so far.
     *
     * @param keys of the whole content, published or not
     * @param publishedAtMillis see {@link PublishReport}
     */
    PublishReport report(int keys, long publishedAtMillis) {
        return new PublishReport(
                (int) rootTargets.stream().filter(rootHeldBy::contains).count(),
                rootTargets.size(),
                keys,
                tally.keysStored(),
                tally.holders(),
                tally.lookups(),
                tally.datagrams(),
                local.monotonicMillis() - startMillis,
                publishedAtMillis);
    }

    private void rootFound(List<Contact> closest, RecordBatch batch) {
        coverage.found(root, closest);
        if (!closest.isEmpty()) {
            tally.heard();
        }
        Coverage.Holders holders = coverage.holders(root, closest);
        Set<NodeId> targets = new LinkedHashSet<>();
        if (holders.isHere()) {
            targets.add(local.id());
            count(local.id(), stores.holdHere(batch));
        }
        holders.others().forEach(holder -> {
            targets.add(holder.id());
            sendRoot(holder, batch);
        });
        rootTargets = targets;
        isRootSought = false;
        rootEnded();
        if (!isCancelled) {
            sweepChunks();
        }
    }

    private void sweepChunks() {
        int count = coverage.isWholeSpace() ? 1 : local.limits().publishing().lanes();
        for (int lane = 0; lane < count; lane++) {
            int from = (int) ((long) chunks.size() * lane / count);
            int to = (int) ((long) chunks.size() * (lane + 1) / count);
            lanes.add(new Sweep(local, lookups, stores, coverage, chunks.subList(from, to), tally));
        }
        List.copyOf(lanes).forEach(Sweep::start);
    }

    private void sendRoot(Contact holder, RecordBatch batch) {
        if (rootSentTo.add(holder.id())) {
            rootWaiting++;
            stores.store(holder, batch, (to, accepted) -> {
                rootWaiting--;
                count(to.id(), accepted);
                rootEnded();
            });
        }
    }

    private void count(NodeId holder, int accepted) {
        if (accepted > 0) {
            tally.stored(rootHeldBy.isEmpty() ? 1 : 0);
            tally.heldBy(holder);
            rootHeldBy.add(holder);
        }
    }

    private void rootEnded() {
        if (isRootSought || rootPlaced.isDone()) {
            return;
        }
        long held = rootTargets.stream().filter(rootHeldBy::contains).count();
        if (rootWaiting == 0) {
            int here = rootTargets.contains(local.id()) ? 1 : 0;
            int others = rootTargets.size() - here;
            long confirmed = held - (rootHeldBy.contains(local.id()) ? 1 : 0);
            if (confirmed == 0 || confirmed * Stores.CONFIRMED_OF < others) {
                tally.failed(List.of(root));
            }
            rootPlaced.complete(null);
        } else if (!isGraceGiven && held * 4 >= rootTargets.size() * 3L) {
            isGraceGiven = true;
            local.environment().scheduler().schedule(GRACE_MILLIS, () -> rootPlaced.complete(null));
        }
    }
}
