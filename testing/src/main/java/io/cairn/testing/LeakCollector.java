package io.cairn.testing;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Netty's leak detector, extended to keep its reports. Netty creates one for each type of resource, because the build names this class in
 * {@code io.netty.customResourceLeakDetector}. Thread-safe.
 *
 * @param <T> the type of resource
 */
public final class LeakCollector<T> extends ResourceLeakDetector<T> {
    private static final List<LeakCollector<?>> ALL = new CopyOnWriteArrayList<>();
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
    private static final AtomicLong TRACKED = new AtomicLong();

    /** The constructor that Netty calls. */
    public LeakCollector(Class<?> resourceType, int samplingInterval) {
        super(resourceType, samplingInterval);
        ALL.add(this);
    }

    /** The constructor that older versions of Netty called; Netty warns if it is missing. */
    public LeakCollector(Class<?> resourceType, int samplingInterval, long activeMax) {
        this(resourceType, samplingInterval);
    }

    /** The number of resources tracked so far: while it does not change, nothing new can have leaked. */
    static long tracked() {
        return TRACKED.get();
    }

    /** The leaks found since the last call, up to the latest garbage collection. */
    static List<String> takeLeaks() {
        ALL.forEach(LeakCollector::look);
        List<String> taken = List.copyOf(LEAKS);
        LEAKS.removeAll(taken);
        return taken;
    }

    @Override
    public ResourceLeakTracker<T> track(T resource) {
        TRACKED.incrementAndGet();
        return super.track(resource);
    }

    @Override
    protected boolean needReport() {
        return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
        LEAKS.add(resourceType + " was not released before it was garbage:" + records);
        super.reportTracedLeak(resourceType, records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
        LEAKS.add(resourceType + " was not released before it was garbage");
        super.reportUntracedLeak(resourceType);
    }

    /** Netty reports when the next resource is tracked, so this tracks a harmless one. */
    @SuppressWarnings("unchecked") // the tracker uses only the identity of its argument
    private void look() {
        T nothing = (T) new Object();
        ResourceLeakTracker<T> tracker = super.track(nothing);
        if (tracker != null) {
            tracker.close(nothing);
        }
    }
}
