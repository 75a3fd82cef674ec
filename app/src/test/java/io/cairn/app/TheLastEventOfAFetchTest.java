package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Key;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TheLastEventOfAFetchTest {
    @Test
    void fourKindsEndAFetch() {
        Key hash = Key.fromHex("0123456789abcdef0123456789abcdef01234567");
        CairnException none = new CairnException(CairnException.Kind.NO_PROVIDER, "what", "why", "next");
        assertThat(List.of(
                        new FetchEvent.Complete(hash, "film", Path.of("film"), 1, 1, 1, List.of(), 0, false),
                        new FetchEvent.Failed(none),
                        new FetchEvent.Stopped(),
                        new FetchEvent.Cancelled()))
                .allMatch(FetchEvent::isLast);
    }

    @Test
    void afterTheOthersMoreFollows() {
        assertThat(List.of(
                        new FetchEvent.Queued(1, FetchEvent.Queued.For.SLOT),
                        new FetchEvent.Paused(),
                        new FetchEvent.Resumed(),
                        new FetchEvent.RetriedLater("no provider", 60_000),
                        new FetchEvent.Placing(1),
                        new FetchEvent.Verified(1)))
                .noneMatch(FetchEvent::isLast);
    }
}
