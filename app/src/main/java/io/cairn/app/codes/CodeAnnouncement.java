package io.cairn.app.codes;

import io.cairn.dht.Dht;
import io.cairn.dht.Provision;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says under the number of a code where its sender is, in each slot until it is closed. On the loop. */
final class CodeAnnouncement {
    private final Dht dht;
    private final Clock clock;
    private final Scheduler scheduler;
    private final Supplier<List<Endpoint>> addresses;
    private final int number;
    private final Set<Key> published = new LinkedHashSet<>();
    private Scheduler.@Nullable Timer next;
    private boolean closed;

    CodeAnnouncement(Dht dht, Clock clock, Scheduler scheduler, Supplier<List<Endpoint>> addresses, int number) {
        this.dht = dht;
        this.clock = clock;
        this.scheduler = scheduler;
        this.addresses = addresses;
        this.number = number;
    }

    /** Completes once nodes hold the first record, or all have answered or failed. */
    CompletableFuture<Void> start() {
        CompletableFuture<Void> placed = new CompletableFuture<>();
        publish(placed);
        return placed;
    }

    private void publish(CompletableFuture<Void> placed) {
        if (closed) {
            return;
        }
        long now = clock.wallMillis();
        Key key = MeetingPlace.at(number, now);
        if (published.add(key)) {
            var unused =
                    dht.provide(new Provision(key, List.of(), addresses.get(), 0), report -> placed.complete(null));
        }
        next = scheduler.schedule(MeetingPlace.untilNextMillis(now), () -> publish(new CompletableFuture<>()));
    }

    void close() {
        closed = true;
        if (next != null) {
            next.cancel();
        }
        published.forEach(dht::withdraw);
    }
}
