package io.cairn.transfer.swarm.port;

import io.cairn.dht.id.Key;
import io.cairn.dht.trace.TraceContext;
import io.cairn.transfer.swarm.port.PeerConnection.Receiver;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The traces that the requests of one side carry, by share. */
final class CarriedTraces {
    private final Map<Key, TraceContext> traces = new HashMap<>();

    void set(Key share, @Nullable TraceContext trace) {
        if (trace == null) {
            traces.remove(share);
        } else {
            traces.put(share, trace);
        }
    }

    /** A request as the other side hears it: after its trace, if it has one. */
    Consumer<Receiver> with(Key share, Consumer<Receiver> request) {
        TraceContext trace = traces.get(share);
        return to -> {
            if (trace != null) {
                to.traced(trace);
            }
            request.accept(to);
        };
    }
}
