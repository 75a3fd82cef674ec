package io.cairn.app.fetch;

import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.Subscription;
import io.cairn.app.fetch.run.FetchTask;
import io.cairn.app.work.Work;
import io.cairn.dht.id.Key;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The caller's handle on a fetch of this node: reads the task and passes commands to the queue. Thread-safe. */
record LocalFetch(FetchTask task, FetchQueue queue, Work work) implements Fetch {
    @Override
    public Key hash() {
        return task.hash();
    }

    @Override
    public Subscription events(Consumer<? super FetchEvent> listener) {
        return task.events().subscribe(listener);
    }

    @Override
    public FetchOptions options() {
        return task.options();
    }

    @Override
    public Status status() {
        return task.status();
    }

    @Override
    public CompletableFuture<FetchEvent.Complete> completion() {
        return task.completion();
    }

    @Override
    public void stop() {
        work.scheduler().execute(() -> queue.stop(task));
    }

    @Override
    public CompletableFuture<Status> pause() {
        return work.onLoop(() -> queue.pause(task));
    }

    @Override
    public CompletableFuture<Status> resume() {
        return work.onLoop(() -> queue.resume(task));
    }

    @Override
    public CompletableFuture<Status> cancel() {
        return work.onLoop(() -> queue.cancel(task));
    }
}
