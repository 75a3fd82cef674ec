package io.cairn.app.catalogue;

import io.cairn.dht.env.Clock;
import io.cairn.dht.id.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much of the catalogue askers get: each has a budget of bytes that fills up again, and all strangers share another, since ids cost
 * nothing. Also an empty answer has its price. On the loop.
 */
final class AnswerBudget {
    /** What an asker gets at once: more than the largest catalogue takes. */
    static final long ASKER_BYTES = 4L << 20;

    /** What an asker gets in a second after that. */
    static final long ASKER_BYTES_PER_SECOND = 256L << 10;

    /** What all strangers get at once: five hundred hosts that read a hundred entries each. */
    static final long STRANGERS_BYTES = 16L << 20;

    /** What all strangers get in a second after that. */
    static final long STRANGERS_BYTES_PER_SECOND = 2L << 20;

    /** The least that an answer costs: it is signed. */
    static final int ANSWER_BYTES_MIN = 1_024;

    /** Askers whose budget is remembered; the one that asked longest ago is forgotten. */
    static final int ASKERS_MAX = 1_024;

    private final Clock clock;
    private final Bucket strangers;
    private final Map<NodeId, Bucket> askers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<NodeId, Bucket> eldest) {
            return size() > ASKERS_MAX;
        }
    };

    AnswerBudget(Clock clock) {
        this.clock = clock;
        this.strangers = new Bucket(STRANGERS_BYTES, STRANGERS_BYTES_PER_SECOND);
    }

    /** Whether an asker gets an answer; {@link #pay} follows. */
    boolean allows(NodeId asker, boolean isStranger) {
        return of(asker).isOpen() && (!isStranger || strangers.isOpen());
    }

    void pay(NodeId asker, boolean isStranger, int bytes) {
        int price = Math.max(bytes, ANSWER_BYTES_MIN);
        of(asker).take(price);
        if (isStranger) {
            strangers.take(price);
        }
    }

    private Bucket of(NodeId asker) {
        return askers.computeIfAbsent(asker, id -> new Bucket(ASKER_BYTES, ASKER_BYTES_PER_SECOND));
    }

    /** May be overdrawn by one answer. */
    private final class Bucket {
        private final long bytesMax;
        private final long bytesPerSecond;
        private long bytes;
        private long atMillis = clock.monotonicMillis();

        Bucket(long bytesMax, long bytesPerSecond) {
            this.bytesMax = bytesMax;
            this.bytesPerSecond = bytesPerSecond;
            this.bytes = bytesMax;
        }

        boolean isOpen() {
            long now = clock.monotonicMillis();
            bytes = Math.min(bytesMax, bytes + (now - atMillis) * bytesPerSecond / 1_000);
            atMillis = now;
            return bytes > 0;
        }

        void take(int price) {
            bytes -= price;
        }
    }
}
