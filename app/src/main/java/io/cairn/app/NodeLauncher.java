package io.cairn.app;

import io.cairn.dht.net.SystemClock;
import io.cairn.transfer.net.RunTls;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Starts nodes, and can do so with a head start: what the first of a process waits for longest begins before its configuration is read. */
public final class NodeLauncher {
    private final AtomicReference<@Nullable RunTls> begun = new AtomicReference<>();

    /** Loads the libraries of cryptography and makes the next node's certificate, on a thread of its own. Returns at once. */
    public void begin() {
        begun.set(RunTls.begin(new SystemClock()));
    }

    /** As {@link LocalNode#start}. */
    public Node start(NodeConfig config) throws CairnException {
        return LocalNode.start(config, begun.getAndSet(null));
    }
}
