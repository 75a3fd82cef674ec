package io.cairn.control;

import io.cairn.app.Node;
import io.cairn.control.http.ProcessStatus;
import java.util.concurrent.CompletableFuture;

/**
 * A node in use.
 *
 * @param node in this process, or reached over the socket
 * @param process the process that runs it
 * @param isHere whether that is this process
 * @param gone completes when a node of another process has ended, or when this process is to hand its node over
 * @param service its process; closed before a node of this process ends
 */
public record Attachment(Node node, ProcessStatus process, boolean isHere, CompletableFuture<?> gone, Service service)
        implements AutoCloseable {
    /** Whether the node of this process is to be left to another process: what it answers from now on is that of a node that closes. */
    boolean isHandedOver() {
        return isHere && gone.isDone();
    }

    /** Ends the node if it runs in this process; otherwise only lets go of it. */
    @Override
    public void close() {
        service.close();
        node.close();
    }

    /** The process that runs the node, as seen from here. */
    public interface Service extends AutoCloseable {
        /** Asks the process to end as at SIGTERM; completes once it has agreed. */
        CompletableFuture<?> stop();

        /** Ends what serves other processes, if this is the process that runs the node. */
        @Override
        void close();
    }
}
