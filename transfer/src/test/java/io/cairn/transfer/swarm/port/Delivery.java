package io.cairn.transfer.swarm.port;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A block under way; equal to no other. */
final class Delivery {
    final Consumer<@Nullable Throwable> done;

    Delivery(Consumer<@Nullable Throwable> done) {
        this.done = done;
    }
}
