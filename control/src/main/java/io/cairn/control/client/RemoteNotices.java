package io.cairn.control.client;

import io.cairn.app.CairnException;
import io.cairn.app.Node.Notice;
import io.cairn.app.Subscription;
import io.cairn.app.json.JsonTree;
import io.cairn.app.json.NoticeJson;
import io.cairn.app.work.Broadcast;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The notices of the node: one stream for all listeners, opened for the first one. */
final class RemoteNotices implements LinesExchange.Lines {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteNotices.class);

    private final NodeCalls calls;
    private final Broadcast<Notice> notices;
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final AtomicBoolean asked = new AtomicBoolean();

    RemoteNotices(NodeCalls calls) {
        this.calls = calls;
        this.notices = new Broadcast<>(calls.loop(), notice -> null);
    }

    /** Returns once the node sends its notices; on the events thread, where nothing can be awaited, at once. */
    Subscription subscribe(Consumer<? super Notice> listener) {
        Subscription subscription = notices.subscribe(listener);
        if (asked.compareAndSet(false, true)) {
            LinesExchange stream = calls.stream(Request.get("/notices"), this);
            CompletableFuture<Void> unused = stream.begun().thenAccept(begun::complete);
        }
        if (!calls.loop().isHere()) {
            await();
        }
        return subscription;
    }

    private void await() {
        try {
            BoundedWait.on(begun.copy());
        } catch (CairnException silent) {
            LOG.debug("the node sends no notices yet", silent);
        }
    }

    @Override
    public void line(JsonTree line) {
        notices.tell(NoticeJson.read(line));
    }

    @Override
    public void end() {
        notices.end();
    }

    @Override
    public void fail(CairnException failure) {
        LOG.debug("there are no more notices", failure);
        notices.end();
    }
}
