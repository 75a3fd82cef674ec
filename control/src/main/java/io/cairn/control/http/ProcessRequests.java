package io.cairn.control.http;

import java.util.Optional;

/** What other processes may ask of the one that runs a node. Each returns at once. */
@FunctionalInterface
public interface ProcessRequests {
    /** Begins the end of the process, as a signal to terminate does. */
    void stop();

    /** What hands the node over to a process that starts as a daemon; empty if this process keeps it. */
    default Optional<Runnable> handOver() {
        return Optional.empty();
    }
}
