package io.cairn.transfer.net.session;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs tasks on a session's thread. */
public final class NetworkThread {
    private NetworkThread() {}

    /** Runs a task on the thread. If the network has closed, so has the task's session, and nothing runs. */
    public static void run(Executor thread, Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException closed) {
            // closing the network has closed its channels and notified their owners
        }
    }
}
