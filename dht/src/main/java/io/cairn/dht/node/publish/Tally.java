package io.cairn.dht.node.publish;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Counts what a publication does, and tells once when nothing of it is under way any more. */
final class Tally {
    private final Runnable done;
    private final Set<NodeId> holders = new LinkedHashSet<>();
    private final List<Key> failed = new ArrayList<>();
    private int lookups;
    private int datagrams;
    private int keysStored;
    private int open;
    private boolean hasHeardOthers;

    Tally(Runnable done) {
        this.done = done;
    }

    /** Something begins that will be {@link #closed}. */
    void opened() {
        open++;
    }

    void closed() {
        open--;
        if (open == 0) {
            done.run();
        }
    }

    void lookupStarted() {
        lookups++;
    }

    void datagramSent() {
        datagrams++;
    }

    /** Another node answered something. */
    void heard() {
        hasHeardOthers = true;
    }

    void heldBy(NodeId node) {
        holders.add(node);
    }

    void stored(int keys) {
        keysStored += keys;
    }

    void failed(List<Key> keys) {
        failed.addAll(keys);
    }

    int lookups() {
        return lookups;
    }

    int datagrams() {
        return datagrams;
    }

    /** Keys that at least one node holds, this one included. */
    int keysStored() {
        return keysStored;
    }

    /** Distinct nodes that hold at least one record. */
    int holders() {
        return holders.size();
    }

    /** Keys that too few other nodes have taken: to be published again. */
    List<Key> failed() {
        return failed;
    }

    /** Whether any other node answered; else this one is cut off, or alone. */
    boolean hasHeardOthers() {
        return hasHeardOthers;
    }
}
