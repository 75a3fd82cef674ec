package io.cairn.control.server.route;

import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.Subscription;
import io.cairn.app.json.FetchEventJson;
import io.cairn.app.json.FetchJson;
import io.cairn.control.server.answer.ControlAnswer;
import io.cairn.control.server.answer.FailureAnswer;
import io.cairn.control.server.answer.LineSink;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The events of a fetch as lines, up to its end; who listens has no part in it. */
final class FetchLines implements ControlAnswer.Feed {
    private final Fetch fetch;

    FetchLines(Fetch fetch) {
        this.fetch = fetch;
    }

    @Override
    public Subscription begin(LineSink sink) {
        // The completion keeps what waits for it until the fetch ends: a reference, which is emptied when the client
        // goes.
        AtomicReference<@Nullable LineSink> listening = new AtomicReference<>(sink);
        Subscription events = fetch.events(event -> {
            if (!(event instanceof FetchEvent.Complete)) {
                sink.line(FetchEventJson.of(fetch.hash(), event));
            }
        });
        // How it stands after the events so far: a client that came late knows that it has heard them.
        sink.line(FetchJson.changed("fetch", fetch, fetch.status()));
        CompletableFuture<FetchEvent.Complete> unused = fetch.completion().whenComplete((complete, failure) -> {
            LineSink listener = listening.get();
            if (listener != null) {
                listener.last(failure == null ? FetchEventJson.complete(complete) : FailureAnswer.line(failure));
            }
        });
        return () -> {
            listening.set(null);
            events.close();
        };
    }
}
