package io.cairn.shell.sim;

import io.cairn.app.CairnException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Runs a simulation on its own thread, so that Ctrl-C ends it. */
final class SimulationThread {
    private SimulationThread() {}

    /**
     * Waits for the result.
     *
     * @throws Exception the {@link CairnException} of the work, of kind OTHER if memory ran out; or the one that ends a stopped command
     */
    static <T> T await(SimConsole console, Callable<T> work) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> run(work, done), "simulation");
        thread.setDaemon(true);
        thread.start();
        try {
            return console.await(done);
        } finally {
            thread.interrupt();
            console.output().endProgress();
        }
    }

    private static <T> void run(Callable<T> work, CompletableFuture<T> done) {
        try {
            done.complete(work.call());
        } catch (OutOfMemoryError full) {
            done.completeExceptionally(new CairnException(
                    CairnException.Kind.OTHER,
                    "the simulation ran out of memory",
                    "this run has " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB of heap",
                    "allow more: CAIRN_SIM_HEAP=8g cairn sim ..., or use fewer nodes: --nodes N",
                    full));
        } catch (Exception | StackOverflowError failure) {
            done.completeExceptionally(failure);
        }
    }
}
