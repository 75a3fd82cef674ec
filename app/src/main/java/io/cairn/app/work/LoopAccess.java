package io.cairn.app.work;

import io.cairn.app.CairnException;
import java.util.function.Supplier;

/** The way onto the one thread that calls listeners. */
public interface LoopAccess {
    /** Runs a task on the loop, at once if the caller is on it. Any thread. */
    void run(Runnable task);

    /**
     * Queries the loop and waits for the answer; for short queries only. A listener on the loop itself gets its answer at once.
     *
     * @throws CairnException if the loop has ended
     */
    <T> T ask(Supplier<T> question) throws CairnException;
}
