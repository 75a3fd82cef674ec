package io.cairn.dht.node;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.Coverage;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.RecordBatch;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Publishes one content: first its root, alone, then its chunks by a {@link Sweep} of several lanes. A node that answers the root's look-up
 * and is near enough to be one of the holders almost surely gets the record at once, before the look-up has ended (the optimistic
 * provide of go-libp2p-kad-dht); the true k closest get it in any case.
 */
final class Publication {
    /** When three quarters of its nodes have the root, the others have so long to take it before it is told how many did. */
    private static final long GRACE_MILLIS = 250;

    private final Local local;
    private final Lookups lookups;
    private final Stores stores;
    private final Tally tally;
    private final Coverage coverage;
    private final Key root;
    private final List<Key> chunks;
    private final Progress progress;
    private final List<Sweep> lanes = new ArrayList<>();
    private final Set<NodeId> rootSentTo = new LinkedHashSet<>();
    private final Set<NodeId> rootHeldBy = new LinkedHashSet<>();
    private Set<NodeId> rootTargets = Set.of();
    private int rootWaiting;
    private boolean isRootPlaced;
    private boolean isGraceGiven;
    private boolean isRootTold;
    private boolean isCancelled;

    /**
     * @param chunks sorted, distinct, without the root
     */
    Publication(
            Local local, Lookups lookups, Stores stores, Tally tally, Key root, List<Key> chunks, Progress progress) {
        this.local = local;
        this.lookups = lookups;
        this.stores = stores;
        this.tally = tally;
        this.coverage = new Coverage(local.id(), local.limits().k());
        this.root = root;
        this.chunks = chunks;
        this.progress = progress;
    }

    /** Hears how it goes. */
    interface Progress {
        /** Whether a node that answered is one of those to hold the root, before all of these are known. */
        boolean isSurelyClosest(Contact contact);

        /** The root is on most of its nodes, or on as many as took it. */
        void rootPlaced();
    }

    void start() {
        tally.opened();
        tally.lookupStarted();
        RecordBatch batch = stores.sign(List.of(root));
        lookups.findNodes(root, local.limits().k(), new LookupRun.Listener() {
            @Override
            public void answered(Contact contact, Message.Response response) {
                if (progress.isSurelyClosest(contact)) {
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

    /** Looks nothing more up; what is under way ends. */
    void cancel() {
        isCancelled = true;
        lanes.forEach(Sweep::cancel);
    }

    /** On how many of its nodes the root now is. */
    int rootStoredOn() {
        return (int) rootTargets.stream().filter(rootHeldBy::contains).count();
    }

    int rootTargets() {
        return rootTargets.size();
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
        isRootPlaced = true;
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
        if (!isRootPlaced || isRootTold) {
            return;
        }
        if (rootWaiting == 0) {
            long others = rootTargets.stream()
                    .filter(node -> !node.equals(local.id()))
                    .count();
            long confirmed = rootTargets.stream()
                    .filter(node -> !node.equals(local.id()) && rootHeldBy.contains(node))
                    .count();
            if (confirmed == 0 || confirmed * Stores.CONFIRMED_OF < others) {
                tally.failed(List.of(root));
            }
            tellRoot();
        } else if (!isGraceGiven && rootStoredOn() * 4 >= rootTargets.size() * 3) {
            isGraceGiven = true;
            local.environment().scheduler().schedule(GRACE_MILLIS, this::tellRoot);
        }
    }

    private void tellRoot() {
        if (!isRootTold) {
            isRootTold = true;
            progress.rootPlaced();
        }
    }
}
