package io.cairn.app.codes;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Codes.Item;
import io.cairn.app.Codes.Met;
import io.cairn.app.Codes.Person;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.app.FetchTarget;
import io.cairn.app.Subscription;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A sender hears that this node has everything when that is so, and not because it had the same before. */
class OwedReceiptTest {
    private static final Key ONE = Key.ofContent(new byte[] {1});
    private static final Key TWO = Key.ofContent(new byte[] {2});

    private final Meetings.Meeting meeting = new Meetings.Meeting(
            new Met(
                    "00",
                    new Person(NodeId.random(new Random(1)), null, "ann", ""),
                    List.of(item(ONE), item(TWO)),
                    null),
            List.of(),
            new byte[] {7});

    private static Item item(Key hash) {
        return new Item(new FetchTarget(hash, "film.mkv", 10, List.of()), 1);
    }

    @Test
    void allOfItIsFetched() {
        OwedReceipt owed = OwedReceipt.of(meeting, List.of());
        assertThat(owed.isComplete(List.of())).isFalse();
        Fetch one = fetch(ONE, "a", FetchState.DONE);
        assertThat(owed.isComplete(List.of(one))).isFalse();
        assertThat(owed.isComplete(List.of(one, fetch(TWO, "b", FetchState.CHUNKS))))
                .isFalse();
        assertThat(owed.isComplete(List.of(one, fetch(TWO, "b", FetchState.DONE))))
                .isTrue();
    }

    @Test
    void whatWasFetchedBeforeSaysNothing() {
        List<Fetch> earlier = List.of(fetch(ONE, "a", FetchState.DONE), fetch(TWO, "b", FetchState.DONE));
        OwedReceipt owed = OwedReceipt.read(OwedReceipt.of(meeting, earlier).text());
        assertThat(owed.isComplete(earlier)).isFalse();
        assertThat(owed.isComplete(List.of(
                        earlier.get(0),
                        earlier.get(1),
                        fetch(ONE, "c", FetchState.DONE),
                        fetch(TWO, "d", FetchState.DONE))))
                .isTrue();
    }

    @Test
    void whatIsFetchedToTheSamePlaceAgainCountsOnceItIsThere() {
        List<Fetch> earlier = List.of(fetch(ONE, "a", FetchState.DONE), fetch(TWO, "b", FetchState.DONE));
        OwedReceipt owed = OwedReceipt.of(meeting, earlier);
        assertThat(owed.isComplete(List.of(fetch(ONE, "a", FetchState.CHUNKS), fetch(TWO, "b", FetchState.STOPPED))))
                .isFalse();
        assertThat(owed.isComplete(earlier)).isTrue();
    }

    @Test
    void itIsReadAsItWasWritten() {
        OwedReceipt owed = OwedReceipt.of(meeting, List.of(fetch(ONE, "a file", FetchState.DONE)));
        OwedReceipt read = OwedReceipt.read(owed.text());
        assertThat(read.isOf(meeting.sender(), meeting.theirTicket())).isTrue();
        assertThat(read.hashes()).isEqualTo(owed.hashes());
        assertThat(read.before()).isEqualTo(owed.before()).hasSize(1);
    }

    private static Fetch fetch(Key hash, String target, FetchState state) {
        return new Standing(hash, new Fetch.Status("film.mkv", state, 0, 10, 0, 1, 0, 0, Path.of(target)));
    }

    /** A fetch that stands still. */
    private record Standing(Key hash, Status status) implements Fetch {
        @Override
        public FetchOptions options() {
            return FetchOptions.to(new FetchTarget(hash, "film.mkv", 10, List.of()), status.target())
                    .build();
        }

        @Override
        public CompletableFuture<FetchEvent.Complete> completion() {
            return new CompletableFuture<>();
        }

        @Override
        public Subscription events(Consumer<? super FetchEvent> listener) {
            return () -> {};
        }

        @Override
        public void stop() {}

        @Override
        public CompletableFuture<Status> pause() {
            return CompletableFuture.completedFuture(status);
        }

        @Override
        public CompletableFuture<Status> resume() {
            return CompletableFuture.completedFuture(status);
        }

        @Override
        public CompletableFuture<Status> cancel() {
            return CompletableFuture.completedFuture(status);
        }
    }
}
