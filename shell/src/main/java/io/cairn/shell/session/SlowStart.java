package io.cairn.shell.session;

import io.cairn.shell.output.Output;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Says what a start does, as soon as it has taken a second and a half, and then every second until it is closed. */
public final class SlowStart implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 1_500;
    private static final long AGAIN_MILLIS = 1_000;

    private final Output output;
    private final Supplier<String> step;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread teller = new Thread(this::tell, "slow-start");
    private boolean told;

    /** @param step what is being done, as a phrase; any thread */
    public SlowStart(Output output, Supplier<String> step) {
        this.output = output;
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
            output.transientStage("start", step.get());
        }
    }

    /** The start is over: nothing is told any more. */
    @Override
    public synchronized void close() {
        over.countDown();
        if (told) {
            output.endProgress();
        }
    }
}
