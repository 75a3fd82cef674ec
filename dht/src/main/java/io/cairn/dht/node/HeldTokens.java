package io.cairn.dht.node;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.wire.Token;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last token of each node that answered us, as long as its maker takes it for sure. Bounded: the oldest is forgotten. */
final class HeldTokens {
    private final Map<Endpoint, Held> tokens = new LinkedHashMap<>();
    private final long lifetimeMillis;
    private final int max;

    HeldTokens(KademliaLimits limits) {
        this.lifetimeMillis = limits.guard().tokenRotationMillis();
        this.max = limits.requests().tokensHeldMax();
    }

    void put(Endpoint maker, Token token, long nowMillis) {
        tokens.remove(maker);
        tokens.put(maker, new Held(token, nowMillis));
        if (tokens.size() > max) {
            tokens.remove(tokens.keySet().iterator().next());
        }
    }

    @Nullable
    Token of(Endpoint maker, long nowMillis) {
        Held held = tokens.get(maker);
        return held != null && nowMillis - held.sinceMillis < lifetimeMillis ? held.token : null;
    }

    private record Held(Token token, long sinceMillis) {}
}
