package io.cairn.app.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Subscription;
import io.cairn.app.fetch.AppLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenersComeAndGoTest {
    private final Work work = new Work(new AppLoop(), () -> true);
    private final Broadcast<String> broadcast =
            new Broadcast<>(work, event -> event.startsWith("moment") ? null : event.substring(0, 1));
    private final List<String> first = new ArrayList<>();
    private final List<String> second = new ArrayList<>();

    @Test
    void theFirstListenerMissesNothing() {
        broadcast.tell("a1");
        broadcast.tell("moment");
        broadcast.tell("a2");
        broadcast.subscribe(first::add);
        broadcast.tell("b1");
        assertThat(first).containsExactly("a1", "moment", "a2", "b1");
    }

    @Test
    void aLaterListenerFirstHearsTheCurrentState() {
        broadcast.subscribe(first::add);
        broadcast.tell("a1");
        broadcast.tell("b1");
        broadcast.tell("a2");
        broadcast.tell("moment");
        broadcast.subscribe(second::add);
        broadcast.tell("c1");
        assertThat(second).containsExactly("b1", "a2", "c1");
    }

    @Test
    void aListenerThatIsTakenBackHearsNothingMore() {
        Subscription subscription = broadcast.subscribe(first::add);
        broadcast.subscribe(second::add);
        subscription.close();
        subscription.close();
        broadcast.tell("a1");
        assertThat(first).isEmpty();
        assertThat(second).containsExactly("a1");
    }

    @Test
    void aListenerThatThrowsHarmsNoOther() {
        broadcast.subscribe(event -> {
            throw new IllegalStateException(event);
        });
        broadcast.subscribe(second::add);
        broadcast.tell("a1");
        assertThat(second).containsExactly("a1");
    }

    @Test
    void whatNobodyHearsIsBounded() {
        for (int event = 0; event < 10_000; event++) {
            broadcast.tell("a" + event);
        }
        broadcast.subscribe(first::add);
        assertThat(first).containsExactly("a9999");
    }
}
