package io.cairn.shell.session;

import io.cairn.app.CairnException;
import io.cairn.shell.output.Output;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Says what is waited for, as soon as it has taken a second and a half, and then every second until it is closed. */
public final class SlowStep implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 1_500;
    private static final long AGAIN_MILLIS = 1_000;

    private final Output output;
    private final String word;
    private final Supplier<String> step;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread teller = new Thread(this::tell, "slow-step");
    private boolean told;

    /**
     * @param word the first of the line
     * @param step what is being done, as a phrase; any thread
     */
    public SlowStep(Output output, String word, Supplier<String> step) {
        this.output = output;
        this.word = word;
        this.step = step;
        teller.setDaemon(true);
        teller.start();
    }

    private void tell() {
        try {
            boolean isOver = over.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            while (!isOver) {
                tellOnce();
                isOver = over.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void tellOnce() {
        if (over.getCount() > 0) {
            told = true;
            output.transientStage(word, step.get());
        }
    }

    /** Runs something that waits for the answer of the process that runs the node. */
    public static <T> T ofProcess(Output output, Attempt<T> attempt) throws CairnException {
        SlowStep slow =
                new SlowStep(output, "wait", () -> "no answer yet from the process that holds the data directory");
        try {
            return attempt.run();
        } finally {
            slow.close();
        }
    }

    /** Something that may wait. */
    @FunctionalInterface
    public interface Attempt<T> {
        T run() throws CairnException;
    }

    /** It is over: nothing is told any more. */
    @Override
    public synchronized void close() {
        over.countDown();
        if (told) {
            output.endProgress();
        }
    }
}
