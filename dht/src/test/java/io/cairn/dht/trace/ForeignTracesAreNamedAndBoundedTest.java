package io.cairn.dht.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.NodeId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ForeignTracesAreNamedAndBoundedTest {
    private final SplittableRandom random = new SplittableRandom(1);
    private final NodeId named = NodeId.random(random);
    private final NodeId stranger = NodeId.random(random);
    private final ForeignTraces traces = new ForeignTraces(List.of(named));

    @Test
    void onlyNamedNodesAreFollowed() {
        assertThat(traces.follows(named, trace(1), 0)).isTrue();
        assertThat(traces.follows(stranger, trace(1), 0)).isFalse();
        assertThat(new ForeignTraces(List.of()).follows(named, trace(1), 0)).isFalse();
    }

    @Test
    void tenNewTracesInAnySecond() {
        assertThat(followed(0, 1, 100)).isEqualTo(10);
        assertThat(followed(999, 101, 100)).isZero();
        assertThat(followed(1_000, 201, 100)).isEqualTo(10);
        for (int second = 2; second < 40; second++) {
            for (int i = 0; i < 10; i++) {
                assertThat(traces.follows(named, trace(1_000L * second + i), 1_000L * second + 100L * i))
                        .isTrue();
            }
            assertThat(traces.follows(named, trace(1_000L * second + 10), 1_000L * second + 900))
                    .isFalse();
        }
    }

    @Test
    void aTraceThatIsFollowedGoesOnWithoutTheBudgetButNotWithoutEnd() {
        assertThat(followed(0, 1, 100)).isEqualTo(10);
        for (int span = 1; span < ForeignTraces.SPANS_MAX; span++) {
            assertThat(traces.follows(named, trace(1), 0)).as("span " + span).isTrue();
        }
        assertThat(traces.follows(named, trace(1), 5_000)).isFalse();
    }

    private long followed(long nowMillis, long from, int count) {
        return LongStream.range(from, from + count)
                .filter(id -> traces.follows(named, trace(id), nowMillis))
                .count();
    }

    private static TraceContext trace(long id) {
        return new TraceContext(id, 7, 9);
    }
}
