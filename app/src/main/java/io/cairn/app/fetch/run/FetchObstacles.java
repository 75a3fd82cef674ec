package io.cairn.app.fetch.run;

import io.cairn.app.Advice;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchState;
import io.cairn.app.Why;
import io.cairn.app.network.Diagnosis;
import io.cairn.app.why.StoredWhys;
import io.cairn.app.why.Whys;
import io.cairn.transfer.swarm.fetch.FetchFacts;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Tells the listeners of a running fetch what stands in its way as soon as that is seen: each cause once, and no more than a person reads.
 * Confined to the loop.
 */
final class FetchObstacles {
    /** Most causes told in one attempt: peers choose how many they are. */
    private static final int TOLD_MAX = 8;

    private static final Set<FetchState> SEARCHING =
            EnumSet.of(FetchState.LOOKUP, FetchState.MANIFEST, FetchState.CHUNKS);

    private final FetchTools tools;
    private final FetchTask task;
    private final Whys whys;
    private final Set<Advice> told = new HashSet<>();
    private @Nullable CompletableFuture<List<Why.ProviderFound>> before;
    private long verifiedBytes = -1;

    FetchObstacles(FetchTools tools, FetchTask task, Whys whys) {
        this.tools = tools;
        this.task = task;
        this.whys = whys;
    }

    /** Looks for a cause that has not been told. Does nothing while bytes arrive, before a look-up has begun, or once every chunk is here. */
    void look() {
        boolean arrives = task.status().verifiedBytes() != verifiedBytes;
        verifiedBytes = task.status().verifiedBytes();
        if (arrives || told.size() >= TOLD_MAX || !SEARCHING.contains(task.state())) {
            return;
        }
        FetchFacts seen = task.seen();
        if (seen.search() == null && seen.dials().isEmpty()) {
            return;
        }
        Diagnosis cause = whys.cause(task.status(), null, seen);
        switch (cause.next().reason()) {
            case NOTHING_TO_DO -> {}
            case CHECK_THE_HASH ->
                recordsBefore()
                        .ifPresent(records -> tell(Whys.lapsed(
                                        records,
                                        tools.clock().wallMillis(),
                                        tools.view().get())
                                .orElse(cause)));
            default -> tell(cause);
        }
    }

    private void tell(Diagnosis cause) {
        if (told.add(cause.next())) {
            task.tell(new FetchEvent.Obstacle(cause.why(), cause.next().and("hash", task.hash())));
        }
    }

    /** The records that earlier attempts found; empty until they are read. */
    private Optional<List<Why.ProviderFound>> recordsBefore() {
        CompletableFuture<List<Why.ProviderFound>> reading = before;
        if (reading == null) {
            reading = tools.work()
                    .offload(() -> StoredWhys.find(tools.state(), task.hash()))
                    .handle((last, failure) ->
                            last == null ? List.of() : last.map(Why::providers).orElse(List.of()));
            before = reading;
        }
        return Optional.ofNullable(reading.getNow(null));
    }
}
