package io.cairn.app.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchTarget;
import io.cairn.app.fetch.run.FetchPlace;
import io.cairn.app.fetch.run.FetchTask;
import io.cairn.app.work.Broadcast;
import io.cairn.app.work.Work;
import io.cairn.dht.id.Key;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FetchesAreTriedAgainTest {
    private static final long MINUTE_MILLIS = 60_000;

    private final AppLoop loop = new AppLoop();
    private final List<Long> tried = new ArrayList<>();
    private final FetchRetries retries = new FetchRetries(loop, loop, fetch -> tried.add(loop.monotonicMillis()));
    private final FetchTask fetch = fetch();

    @BeforeEach
    void include() {
        retries.include(fetch);
    }

    @Test
    void afterEverLongerPauses() {
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            pauses.add(retries.later(fetch) / MINUTE_MILLIS);
            loop.run(30 * MINUTE_MILLIS);
            assertThat(tried).hasSize(i + 1);
        }
        assertThat(pauses).containsExactly(1L, 2L, 5L, 10L, 20L, 30L, 30L, 30L);
        assertThat(tried.get(0)).isEqualTo(MINUTE_MILLIS);
    }

    @Test
    void soonAfterANodeAppearsButNotAllTheTime() {
        long unused = retries.later(fetch);
        retries.contactAppeared();
        loop.run(14_999);
        assertThat(tried).isEmpty();
        loop.run(1);
        assertThat(tried).containsExactly(15_000L);
        long pauseMillis = retries.later(fetch);
        assertThat(pauseMillis).isEqualTo(2 * MINUTE_MILLIS);
        loop.run(MINUTE_MILLIS);
        retries.contactAppeared();
        loop.run(2_999);
        assertThat(tried).hasSize(1);
        loop.run(1);
        assertThat(tried).hasSize(2);
    }

    @Test
    void aNodeThatAppearsDelaysNothing() {
        long unused = retries.later(fetch);
        loop.run(MINUTE_MILLIS - 1);
        retries.contactAppeared();
        loop.run(1);
        assertThat(tried).containsExactly(MINUTE_MILLIS);
        retries.contactAppeared();
        loop.run(60 * MINUTE_MILLIS);
        assertThat(tried).hasSize(1);
    }

    @Test
    void notWhenItIsTakenBack() {
        long first = retries.later(fetch);
        assertThat(retries.wake(fetch)).isTrue();
        assertThat(retries.wake(fetch)).isFalse();
        long second = retries.later(fetch);
        assertThat(second).isGreaterThan(first);
        retries.exclude(fetch);
        assertThat(retries.includes(fetch)).isFalse();
        retries.contactAppeared();
        loop.run(60 * MINUTE_MILLIS);
        assertThat(tried).isEmpty();
    }

    private FetchTask fetch() {
        FetchTarget target = new FetchTarget(Key.ofContent(new byte[1]), "film", -1, List.of());
        Path output = Path.of("film").toAbsolutePath();
        FetchOptions options = FetchOptions.to(target, output).build();
        Broadcast<FetchEvent> events = new Broadcast<>(new Work(loop, () -> true), FetchEvent::describes);
        return new FetchTask(options, FetchPlace.of(options), events, loop, 1);
    }
}
