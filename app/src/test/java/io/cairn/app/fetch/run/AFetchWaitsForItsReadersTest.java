package io.cairn.app.fetch.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchTarget;
import io.cairn.app.fetch.AppLoop;
import io.cairn.app.work.Broadcast;
import io.cairn.app.work.Work;
import io.cairn.dht.id.Key;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AFetchWaitsForItsReadersTest {
    private final AppLoop loop = new AppLoop();
    private final FetchTask task = task();

    @Test
    void notWithoutOne() {
        assertThat(task.whenRead()).isCompleted();
    }

    @Test
    void untilEachHasEndedHoweverItEnds() {
        CompletableFuture<String> read = new CompletableFuture<>();
        CompletableFuture<String> failing = new CompletableFuture<>();
        task.readBy(read);
        task.readBy(failing);
        CompletableFuture<Boolean> all = task.whenRead();
        read.complete("bytes");
        assertThat(all).isNotDone();
        failing.completeExceptionally(new IllegalStateException("on purpose"));
        assertThat(all).isCompleted();
        assertThat(task.whenRead()).isCompleted();
    }

    private FetchTask task() {
        FetchTarget target = new FetchTarget(Key.ofContent(new byte[1]), "film", -1, List.of());
        FetchOptions options =
                FetchOptions.to(target, Path.of("film").toAbsolutePath()).build();
        Broadcast<FetchEvent> events = new Broadcast<>(new Work(loop, () -> true), FetchEvent::describes);
        return new FetchTask(options, FetchPlace.of(options), events, loop, 1);
    }
}
