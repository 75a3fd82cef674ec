package io.cairn.app.codes;

import io.cairn.app.Fetch;
import io.cairn.app.codes.Meetings.Meeting;
import io.cairn.app.people.NodeFinder;
import io.cairn.app.work.Work;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.protocol.code.CodeCodec;
import io.cairn.transfer.protocol.code.CodeStep;
import io.cairn.transfer.protocol.code.CodeStep.Receipt;
import io.cairn.transfer.store.state.SettingTable;
import io.cairn.transfer.swarm.port.PeerId;
import io.cairn.transfer.swarm.port.Topic;
import io.cairn.transfer.swarm.talk.Talks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node owes to senders: to say when it has everything. It is stored, so that it holds also if the command that takes it is killed
 * and another run resumes the fetch. On the loop.
 */
final class Receipts {
    /** Most that are owed; the oldest is forgotten. */
    static final int OWED_MAX = 32;

    private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);

    /** Under this name, the state database has what is owed. */
    private static final String STORED = "received.owed";

    private static final long LOOK_MILLIS = 1_000;

    private final Work work;
    private final Talks talks;
    private final NodeFinder finder;
    private final SettingTable stored;
    private final Supplier<List<Fetch>> fetches;
    private final List<OwedReceipt> owed = new ArrayList<>(); // the oldest first
    private BiConsumer<NodeId, byte[]> given = (sender, ticket) -> {};
    private CompletableFuture<Void> lastStore = CompletableFuture.completedFuture(null);
    private boolean looking;

    /** @param fetches those of this run, and those of earlier ones that it knows */
    Receipts(Work work, Talks talks, NodeFinder finder, SettingTable stored, Supplier<List<Fetch>> fetches) {
        this.work = work;
        this.talks = talks;
        this.finder = finder;
        this.stored = stored;
        this.fetches = fetches;
    }

    /** @param given hears that a sender was told that this node has everything */
    CompletableFuture<Void> restore(BiConsumer<NodeId, byte[]> given) {
        this.given = given;
        return work.offload(() -> stored.all().getOrDefault(STORED, "")).thenAccept(text -> {
            List<OwedReceipt> earlier = text.lines().map(OwedReceipt::read).toList();
            owed.addAll(0, earlier);
            look();
        });
    }

    /** What a meeting offers is being taken. Completes once that is stored. */
    CompletableFuture<Void> owe(Meeting meeting) {
        forget(meeting.sender(), meeting.theirTicket());
        if (meeting.met().items().isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        if (owed.size() >= OWED_MAX) {
            owed.remove(0);
        }
        owed.add(OwedReceipt.of(meeting, fetches.get()));
        look();
        return store();
    }

    /** Tells a sender. Completes when it has heard, or cannot be reached. */
    CompletableFuture<Void> give(Meeting meeting, Receipt receipt) {
        if (receipt != Receipt.STOPPED) {
            forget(meeting.sender(), meeting.theirTicket());
        }
        return tell(meeting.sender(), meeting.endpoints(), meeting.theirTicket(), receipt);
    }

    /** Nothing is owed for this any more. */
    void forget(NodeId sender, byte[] ticket) {
        if (owed.removeIf(one -> one.isOf(sender, ticket))) {
            var unused = store();
        }
    }

    private CompletableFuture<Void> tell(NodeId sender, List<Endpoint> endpoints, byte[] ticket, Receipt receipt) {
        return talks.ask(
                        PeerId.of(sender),
                        endpoints,
                        Topic.CODE,
                        CodeCodec.encode(new CodeStep.Settle(ticket, receipt)))
                .handle((answered, failure) -> null);
    }

    private void look() {
        if (!looking && !owed.isEmpty()) {
            looking = true;
            work.scheduler().schedule(LOOK_MILLIS, () -> {
                looking = false;
                giveWhatIsComplete();
                look();
            });
        }
    }

    /** The node is about to close: says what is complete now. It stays stored, since nobody waits for answers any more. */
    void close() {
        complete().forEach(this::tellFound);
    }

    private void giveWhatIsComplete() {
        for (OwedReceipt one : complete()) {
            forget(one.sender(), one.ticket());
            given.accept(one.sender(), one.ticket());
            tellFound(one);
        }
    }

    private void tellFound(OwedReceipt one) {
        var unused = finder.find(one.sender())
                .thenCompose(endpoints -> tell(one.sender(), endpoints, one.ticket(), Receipt.RECEIVED));
    }

    private List<OwedReceipt> complete() {
        if (owed.isEmpty()) {
            return List.of();
        }
        List<Fetch> all = fetches.get();
        return owed.stream().filter(one -> one.isComplete(all)).toList();
    }

    /** One after the other, so that the last to be stored is the latest. */
    private CompletableFuture<Void> store() {
        lastStore = lastStore.thenCompose(before -> {
            String text = owed.stream().map(OwedReceipt::text).collect(Collectors.joining("\n"));
            return work.<Void>offload(() -> {
                        put(text);
                        return null;
                    })
                    .exceptionally(failure -> {
                        LOG.warn("cannot remember what senders are to hear", failure);
                        return null;
                    });
        });
        return lastStore;
    }

    private void put(String text) throws IOException {
        stored.put(STORED, text);
    }
}
