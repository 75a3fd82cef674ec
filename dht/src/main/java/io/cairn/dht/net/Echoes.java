package io.cairn.dht.net;

import io.cairn.dht.wire.SealedPacket;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Which of this node's own greetings came back: each way has a packet of its own. Confined to the thread of the sockets. */
final class Echoes {
    private final Deque<SealedPacket> unsent;
    private final Map<SealedPacket, OwnGreeting> sent = new LinkedHashMap<>();
    private final CompletableFuture<List<OwnGreeting>> result = new CompletableFuture<>();

    /** @param packets one for each way that is tried; ways beyond them are not */
    Echoes(Collection<SealedPacket> packets) {
        unsent = new ArrayDeque<>(packets);
    }

    /** The packet to send on a way; null if there is none left. */
    byte @Nullable [] next(String device, OwnGreeting.Way way) {
        SealedPacket packet = unsent.pollFirst();
        if (packet == null) {
            return null;
        }
        sent.put(packet, new OwnGreeting(device, way, false));
        return packet.toBytes();
    }

    void heard(SealedPacket packet) {
        OwnGreeting known = sent.get(packet);
        if (known != null) {
            sent.put(packet, new OwnGreeting(known.device(), known.way(), true));
        }
        if (sent.values().stream().allMatch(OwnGreeting::isHeard)) {
            end();
        }
    }

    /** No more are waited for. */
    void end() {
        result.complete(List.copyOf(sent.values()));
    }

    CompletableFuture<List<OwnGreeting>> result() {
        return result.copy();
    }
}
