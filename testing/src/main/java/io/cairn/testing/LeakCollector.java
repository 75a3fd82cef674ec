package io.cairn.testing;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Netty's leak detection, which also keeps what it reports. Netty makes one for each type of resource, since the build names this class in
 * {@code io.netty.customResourceLeakDetector}. Thread-safe.
 *
 * @param <T> what may leak
 */
public final class LeakCollector<T> extends ResourceLeakDetector<T> {
    private static final List<LeakCollector<?>> ALL = new CopyOnWriteArrayList<>();
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
    private static final AtomicLong TRACKED = new AtomicLong();

    /** As Netty calls it. */
    public LeakCollector(Class<?> resourceType, int samplingInterval) {
        super(resourceType, samplingInterval);
        ALL.add(this);
    }

    /** As Netty called it before it had one interval only; it complains if this is missing. */
    public LeakCollector(Class<?> resourceType, int samplingInterval, long activeMax) {
        this(resourceType, samplingInterval);
    }

    /** How many resources have been tracked so far: if the number has not changed, nothing new can have leaked. */
    static long tracked() {
        return TRACKED.get();
    }

    /** What was found leaked since the last call; looks at what the collector of garbage has found by now. */
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

    /** Netty reports when the next resource is tracked, so one is that does no harm. */
    @SuppressWarnings("unchecked") // the tracker looks only at the identity of what it is given
    private void look() {
        T nothing = (T) new Object();
        ResourceLeakTracker<T> tracker = super.track(nothing);
        if (tracker != null) {
            tracker.close(nothing);
        }
    }
}
