package io.cairn.app.codes;

import io.cairn.app.Fetch;
import io.cairn.app.codes.Meetings.Meeting;
import io.cairn.app.work.Work;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.protocol.code.CodeStep.Receipt;
import io.cairn.transfer.store.state.SettingTable;
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
 * What this node owes to senders: to say when it has everything. It is stored until the sender has answered, so that it holds also if the
 * command that takes it is killed and another run resumes the fetch, or the sender is away. On the loop.
 */
final class Receipts {
    /** Most that are owed; the oldest is forgotten. */
    static final int OWED_MAX = 32;

    private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);

    /** Under this name, the state database has what is owed. */
    private static final String STORED = "received.owed";

    /** And what is settled. */
    private static final String SETTLED = "received.settled";

    private static final long LOOK_MILLIS = 1_000;

    private final Work work;
    private final Settlements.Teller teller;
    private final SettingTable stored;
    private final Supplier<List<Fetch>> fetches;
    private final List<OwedReceipt> owed = new ArrayList<>(); // the oldest first
    private final Settlements settlements;
    private final CompletableFuture<Void> restored = new CompletableFuture<>();
    private BiConsumer<NodeId, byte[]> given = (sender, ticket) -> {};
    private CompletableFuture<Void> lastStore = CompletableFuture.completedFuture(null);
    private boolean looking;

    /** @param fetches those of this run, and those of earlier ones that it knows */
    Receipts(Work work, Clock clock, Settlements.Teller teller, SettingTable stored, Supplier<List<Fetch>> fetches) {
        this.work = work;
        this.teller = teller;
        this.stored = stored;
        this.fetches = fetches;
        this.settlements = new Settlements(clock, teller, this::storeLater);
    }

    /** @param given hears that this node has everything that a sender offered */
    CompletableFuture<Void> restore(BiConsumer<NodeId, byte[]> given) {
        this.given = given;
        return work.offload(stored::all)
                .thenAccept(all -> {
                    owed.addAll(
                            0,
                            all.getOrDefault(STORED, "")
                                    .lines()
                                    .map(OwedReceipt::read)
                                    .toList());
                    settlements.restore(all.getOrDefault(SETTLED, ""));
                    look();
                })
                .whenComplete((done, failure) -> restored.complete(null));
    }

    /** Completes once what earlier runs stored is known, or cannot be read. */
    CompletableFuture<Void> restored() {
        return restored.copy();
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

    /** Tells a sender, and again until it answers. Completes after the first attempt, once that is stored. */
    CompletableFuture<Void> give(Meeting meeting, Receipt receipt) {
        if (receipt == Receipt.STOPPED) { // who has no session any more counts as gone without it
            return teller.tell(meeting.sender(), meeting.endpoints(), meeting.theirTicket(), receipt)
                    .handle((answered, failure) -> null);
        }
        owed.removeIf(one -> one.isOf(meeting.sender(), meeting.theirTicket()));
        CompletableFuture<Void> told =
                settlements.settle(meeting.sender(), meeting.endpoints(), meeting.theirTicket(), receipt);
        look();
        return store().thenCombine(told, (done, first) -> null);
    }

    /** A sender offers something. False if this node has not settled it; else the sender hears again what became of it. */
    boolean isSettled(NodeId sender, byte[] ticket, Endpoint at) {
        return settlements.again(sender, ticket, at);
    }

    /** Nothing is owed for this any more. */
    void forget(NodeId sender, byte[] ticket) {
        settlements.over(sender, ticket);
        if (owed.removeIf(one -> one.isOf(sender, ticket))) {
            storeLater();
        }
    }

    private void look() {
        if (!looking && (!owed.isEmpty() || settlements.isOpen())) {
            looking = true;
            work.scheduler().schedule(LOOK_MILLIS, () -> {
                looking = false;
                giveWhatIsComplete();
                settlements.look();
                look();
            });
        }
    }

    /** The node is about to close: says what is complete now. It stays stored, since nobody waits for answers any more. */
    void close() {
        for (OwedReceipt one : complete()) {
            var unused = teller.tell(one.sender(), List.of(), one.ticket(), Receipt.RECEIVED);
        }
    }

    private void giveWhatIsComplete() {
        for (OwedReceipt one : complete()) {
            owed.remove(one);
            given.accept(one.sender(), one.ticket());
            var unused = settlements.settle(one.sender(), List.of(), one.ticket(), Receipt.RECEIVED);
            storeLater();
        }
    }

    private List<OwedReceipt> complete() {
        if (owed.isEmpty()) {
            return List.of();
        }
        List<Fetch> all = fetches.get();
        return owed.stream().filter(one -> one.isComplete(all)).toList();
    }

    private void storeLater() {
        var unused = store();
    }

    /** One after the other, so that the last to be stored is the latest. */
    private CompletableFuture<Void> store() {
        lastStore = lastStore.thenCompose(before -> {
            String settled = settlements.text();
            String text = owed.stream().map(OwedReceipt::text).collect(Collectors.joining("\n"));
            return work.<Void>offload(() -> {
                        put(settled, text);
                        return null;
                    })
                    .exceptionally(failure -> {
                        LOG.warn("cannot remember what senders are to hear", failure);
                        return null;
                    });
        });
        return lastStore;
    }

    /** In this order: a process that is killed in between says it once more. */
    private void put(String settled, String stillOwed) throws IOException {
        stored.put(SETTLED, settled);
        stored.put(STORED, stillOwed);
    }
}
