package io.cairn.app.codes;

import io.cairn.dht.env.Clock;
import io.cairn.transfer.protocol.code.Offering;
import io.cairn.transfer.swarm.Swarm;
import java.util.List;

/** Whether anybody takes what is sent: bytes of its shares go out. On the loop. */
final class Uploads {
    /** How long receivers that have not settled may take nothing before they are given up, once the time is over. */
    static final long QUIET_MILLIS = 120_000;

    private final Clock clock;
    private final Swarm swarm;
    private long bytes;
    private long signMillis;

    Uploads(Clock clock, Swarm swarm) {
        this.clock = clock;
        this.swarm = swarm;
    }

    /** A receiver shows by something else that it is there. */
    void sign() {
        signMillis = clock.monotonicMillis();
    }

    /** Milliseconds since the last sign, or since {@link #quietMillis} last saw more bytes. */
    long quietMillis(List<Offering.Item> items) {
        long now = items.stream()
                .mapToLong(item -> swarm.uploadedBytes(item.share()))
                .sum();
        if (now != bytes) {
            bytes = now;
            sign();
        }
        return clock.monotonicMillis() - signMillis;
    }
}
