package io.cairn.transfer.swarm.port;

import io.cairn.dht.id.Key;
import io.cairn.testing.LeakCollector;
import io.netty.util.ResourceLeakTracker;
import org.jspecify.annotations.Nullable;

/**
 * Tracked, as Netty's buffers are: if it becomes garbage without having been given back, the test class fails and names the stack that
 * lent it. Giving it back twice fails the test.
 */
final class CountedMemory implements ReceivedBlock.Memory {
    private static final LeakCollector<CountedMemory> LEAKS = new LeakCollector<>(CountedMemory.class, 1);

    private final MemoryNetwork.Node at;
    private final @Nullable ResourceLeakTracker<CountedMemory> tracker;
    private boolean lent = true;

    CountedMemory(MemoryNetwork.Node at) {
        this.at = at;
        at.chunksLent++;
        tracker = LEAKS.track(this);
    }

    @Override
    public void release() {
        if (!lent) {
            throw new IllegalStateException("the memory of a chunk was given back twice");
        }
        lent = false;
        at.chunksLent--;
        if (tracker != null) {
            tracker.close(this);
        }
    }

    @Override
    public void keep(Key share, int chunk) {
        release();
        at.chunksKept++;
    }
}
