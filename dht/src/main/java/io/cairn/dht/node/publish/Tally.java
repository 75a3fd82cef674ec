package io.cairn.dht.node.publish;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Counts the work of a publication and reports once when none of it is under way. */
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

    /** Counts a step that ends with {@link #closed}. */
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

    /** Another node gave some answer. */
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

    /** Keys that at least one node holds, this node included. */
    int keysStored() {
        return keysStored;
    }

    /** Distinct nodes that hold at least one record. */
    int holders() {
        return holders.size();
    }

    /** Keys that too few other nodes accepted, to be published again. */
    List<Key> failed() {
        return failed;
    }

    /** Whether any other node answered; otherwise this node is cut off, or alone. */
    boolean hasHeardOthers() {
        return hasHeardOthers;
    }
}
