package io.cairn.testing;

import java.lang.ref.Cleaner;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * After each test class, collects garbage and fails the class if a buffer or a TLS engine became garbage without being released. JUnit
 * discovers it by itself. A leak in a thread that outlives its class may be reported for a later one.
 */
public final class LeaksFailTheClass implements AfterAllCallback {
    /** References are enqueued one collection at a time, so after a second collection those of the first are all there. */
    private static final int COLLECTIONS = 2;

    private static final long COLLECTION_SECONDS_MAX = 30;
    private static final Cleaner CLEANER = Cleaner.create();
    private static long trackedBefore;

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        List<String> leaks = leaksNow();
        if (!leaks.isEmpty()) {
            throw new AssertionError(leaks.size() + " leaks after " + context.getDisplayName() + ":\n" + leaks.get(0));
        }
    }

    static synchronized List<String> leaksNow() throws InterruptedException {
        long tracked = LeakCollector.tracked();
        if (tracked == trackedBefore) {
            return List.of();
        }
        trackedBefore = tracked;
        for (int collection = 0; collection < COLLECTIONS; collection++) {
            collectGarbage();
        }
        return LeakCollector.takeLeaks();
    }

    private static void collectGarbage() throws InterruptedException {
        CountDownLatch collected = new CountDownLatch(1);
        CLEANER.register(new Object(), collected::countDown);
        System.gc();
        if (!collected.await(COLLECTION_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no garbage is collected, so nobody knows what has leaked");
        }
    }
}
