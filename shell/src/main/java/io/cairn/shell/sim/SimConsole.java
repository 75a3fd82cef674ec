package io.cairn.shell.sim;

import io.cairn.shell.output.Output;
import java.util.concurrent.CompletableFuture;

/** What the simulator's commands need from the program: where to print, and how to wait so that Ctrl-C ends it. */
public interface SimConsole {
    Output output();

    /**
     * Waits for a result or for a request to stop.
     *
     * @throws Exception the failure of the future, or the one that ends a stopped command
     */
    <T> T await(CompletableFuture<T> future) throws Exception;
}
