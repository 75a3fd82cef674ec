package io.cairn.app.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cairn.app.FetchState;
import io.cairn.app.Node.CatalogueStatistics;
import io.cairn.app.Node.ChunkStatistics;
import io.cairn.app.Node.NodeStatistics;
import io.cairn.dht.DhtStatistics;
import io.cairn.dht.RecordStatistics;
import io.cairn.dht.measure.DurationCounts;
import io.cairn.dht.measure.Durations;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StatisticsAreReadAsTheyAreWrittenTest {
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void everyFigureIsReadAsItWasWritten() {
        for (int i = 0; i < 50; i++) {
            NodeStatistics statistics = statistics();
            assertThat(NodeJson.readStatistics(
                            JsonTree.object(NodeJson.of(statistics).line())))
                    .isEqualTo(statistics);
        }
    }

    @Test
    void aBucketThatDoesNotExistIsRefused() {
        String text = new String(NodeJson.of(statistics()).line(), StandardCharsets.UTF_8)
                .replaceFirst("\\{\"bucket\":[0-9]+", "{\"bucket\":70000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NodeJson.readStatistics(JsonTree.object(text.getBytes(StandardCharsets.UTF_8))))
                .withMessageContaining("bucket 70000");
    }

    private NodeStatistics statistics() {
        return new NodeStatistics(
                new DhtStatistics(
                        number(),
                        number(),
                        number(),
                        number() / 4.0,
                        number(),
                        7,
                        number(),
                        number(),
                        number(),
                        number(),
                        number(),
                        number(),
                        new DhtStatistics.Times(durations(), durations(), durations()),
                        number(),
                        Map.of("stale", (long) number())),
                new RecordStatistics(7, number(), number(), number(), number(), number(), number(), number()),
                number(),
                number(),
                number(),
                number(),
                number(),
                new ChunkStatistics(number(), number(), durations()),
                Map.of(FetchState.CHUNKS, number(), FetchState.QUEUED, number()),
                new CatalogueStatistics(number(), number(), number(), number()));
    }

    private DurationCounts durations() {
        Durations durations = new Durations();
        for (int i = 0; i < 20; i++) {
            durations.add(random.nextLong(400_000));
        }
        return durations.counts();
    }

    private int number() {
        return random.nextInt(1_000_000);
    }
}
