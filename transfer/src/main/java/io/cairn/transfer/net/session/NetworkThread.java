package io.cairn.transfer.net.session;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Hands over to a session's thread. */
public final class NetworkThread {
    private NetworkThread() {}

    /** Runs a task on the thread. Where the network is closed meanwhile, so is the session that the task is about, and nothing runs. */
    public static void run(Executor thread, Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException closed) {
            // closing the network has closed its channels and told their owners
        }
    }
}
