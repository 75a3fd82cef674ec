package io.cairn.app.follow;

import io.cairn.app.Values;
import io.cairn.app.values.LocalValues;
import io.cairn.app.work.Work;
import io.cairn.dht.Dht;
import io.cairn.dht.id.AddressScope;
import io.cairn.dht.id.Contact;
import io.cairn.dht.value.FoundValue;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asks for the newest version of a name again and again: its publisher itself, twice a second on the local network, and else the nodes that hold
 * the value. On the loop.
 */
final class NamePoll {
    /** One datagram each way. */
    private static final long NEAR_MILLIS = 500;

    private static final long FAR_MILLIS = 10_000;

    /** From one look-up of the holders to the next. */
    private static final long HOLDERS_MILLIS = 30_000;

    /** Answers that the publisher may fail to give before the holders are asked. */
    private static final int SILENCES_MAX = 3;

    private final Work work;
    private final Dht dht;
    private final LocalValues values;
    private final Values.Name name;
    private final Consumer<FoundValue> newest;
    private int silences;
    private boolean isClosed;

    /** @param newest told of every answer, new or not */
    NamePoll(Work work, Dht dht, LocalValues values, Values.Name name, Consumer<FoundValue> newest) {
        this.work = work;
        this.dht = dht;
        this.values = values;
        this.name = name;
        this.newest = newest;
    }

    void start() {
        Contact publisher = publisher().orElse(null);
        boolean isNear = publisher != null
                && AddressScope.of(publisher.endpoint().address()).compareTo(AddressScope.WORLD) < 0;
        if (publisher == null || silences >= SILENCES_MAX) {
            silences = 0;
            work.scheduler()
                    .schedule(publisher == null ? HOLDERS_MILLIS : FAR_MILLIS, () -> ask(() -> values.newest(name)));
        } else {
            work.scheduler()
                    .schedule(isNear ? NEAR_MILLIS : FAR_MILLIS, () -> ask(() -> values.newestAt(publisher, name)));
        }
    }

    void close() {
        isClosed = true;
    }

    private void ask(Supplier<CompletableFuture<Optional<FoundValue>>> question) {
        if (isClosed) {
            return;
        }
        Work.watch(
                question.get().handle((value, failure) -> {
                    Optional<FoundValue> found = failure == null ? value : Optional.empty();
                    silences = found.isPresent() ? 0 : silences + 1;
                    if (!isClosed) {
                        found.ifPresent(newest);
                        start();
                    }
                    return silences;
                }),
                "asking for the newest version of a name");
    }

    private Optional<Contact> publisher() {
        return dht.contacts().stream()
                .filter(contact -> contact.id().equals(name.publisher()))
                .findFirst();
    }
}
