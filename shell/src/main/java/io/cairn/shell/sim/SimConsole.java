package io.cairn.shell.sim;

import io.cairn.shell.output.Output;
import java.util.concurrent.CompletableFuture;

/** What the commands of the simulator need of the program: where to print, and how to wait so that Ctrl-C ends it. */
public interface SimConsole {
    Output output();

    /**
     * Waits for a result, or for the wish to stop.
     *
     * @throws Exception the one that the future failed with, or that ends a stopped command
     */
    <T> T await(CompletableFuture<T> future) throws Exception;
}
