package io.cairn.transfer.net.session;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.transfer.net.admission.SessionAdmission;
import io.cairn.transfer.net.admission.Strangers;
import io.cairn.transfer.net.admission.TransferLimits;
import io.cairn.transfer.protocol.Violation;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Shared by all sessions of one node. Thread-safe.
 *
 * @param waitingBytes of messages that wait for the node's loop
 */
public record SessionContext(
        TransferConfig config,
        Clock clock,
        Scheduler scheduler,
        ChunkBuffers buffers,
        Strangers strangers,
        SessionAdmission admission,
        SendQueues sendQueues,
        AtomicLong waitingBytes,
        RateLimiter rates,
        Map<Violation, LongAdder> violations) {
    public SessionContext(TransferConfig config, Clock clock, Scheduler scheduler) {
        this(
                config,
                clock,
                scheduler,
                new ChunkBuffers(config.limits().chunkBufferBytesMax()),
                new Strangers(config.limits().strangersMax()),
                new SessionAdmission(config.limits().sessionsMax()),
                new SendQueues(config.limits().sendQueuesBytesMax()),
                new AtomicLong(),
                new RateLimiter(clock),
                counters());
    }

    public TransferLimits limits() {
        return config.limits();
    }

    public long wallMillis() {
        return clock.wallMillis();
    }

    public void count(Violation violation) {
        Objects.requireNonNull(violations.get(violation)).increment();
    }

    private static Map<Violation, LongAdder> counters() {
        Map<Violation, LongAdder> counters = new EnumMap<>(Violation.class);
        for (Violation violation : Violation.values()) {
            counters.put(violation, new LongAdder());
        }
        return counters;
    }
}
