package io.cairn.sim.chord;

import io.cairn.dht.env.Environment;
import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The pending requests of a Chord node. A retry is given twice the time-out of the first attempt; a silent node is reported dead before its
 * asker is notified.
 */
final class ChordRequests {
    private final Contact self;
    private final Environment environment;
    private final ChordLimits limits;
    private final Consumer<Contact> onDead;
    private final AnswerTimeout timeout;
    private final Map<Long, Pending> pending = new LinkedHashMap<>();
    private long lastId;
    private boolean isClosed;

    ChordRequests(Contact self, Environment environment, ChordLimits limits, Consumer<Contact> onDead) {
        this.self = self;
        this.environment = environment;
        this.limits = limits;
        this.onDead = onDead;
        this.timeout = new AnswerTimeout(limits);
    }

    /** The origin of a request. Exactly one of {@link #answered} and {@link #unanswered} is called. */
    interface Asker {
        void answered(ChordMessage.Response response);

        void unanswered();

        /** The first attempt got no answer in time; retries are under way. */
        default void stalled() {}
    }

    void ask(Contact contact, ChordMessage.Request request, Asker asker) {
        Pending asked = new Pending(++lastId, contact, request, asker);
        if (isClosed) {
            environment.scheduler().execute(asker::unanswered);
            return;
        }
        pending.put(asked.id, asked);
        attempt(asked);
    }

    /** Handles an answer. One that no request waits for is dropped. */
    void received(Endpoint from, ChordPacket packet, ChordMessage.Response response) {
        Pending asked = pending.get(packet.requestId());
        if (asked == null || !asked.contact.endpoint().equals(from) || !isAnswer(asked.request, response)) {
            return;
        }
        pending.remove(asked.id);
        asked.cancel();
        if (!asked.contact.id().equals(packet.sender().id())) {
            giveUp(asked);
            return;
        }
        if (asked.attempts == 1) {
            timeout.add(environment.clock().monotonicMillis() - asked.sentAtMillis);
        }
        asked.asker.answered(response);
    }

    /** Ends every request as unanswered; later ones end like that at once. No node counts as dead. */
    void close() {
        isClosed = true;
        List<Pending> open = new ArrayList<>(pending.values());
        pending.clear();
        open.forEach(Pending::cancel);
        open.forEach(asked -> asked.asker.unanswered());
    }

    private void attempt(Pending asked) {
        asked.attempts++;
        asked.sentAtMillis = environment.clock().monotonicMillis();
        long timeoutMillis = asked.attempts == 1 ? timeout.timeoutMillis() : 2 * timeout.timeoutMillis();
        asked.timer = environment.scheduler().schedule(timeoutMillis, () -> timedOut(asked));
        environment.network().send(asked.contact.endpoint(), new ChordPacket(asked.id, self, asked.request));
    }

    private void timedOut(Pending asked) {
        if (asked.attempts == limits.attemptsMax()) {
            pending.remove(asked.id);
            giveUp(asked);
            return;
        }
        attempt(asked);
        if (asked.attempts == 2) {
            asked.asker.stalled();
        }
    }

    private void giveUp(Pending asked) {
        onDead.accept(asked.contact);
        asked.asker.unanswered();
    }

    private static boolean isAnswer(ChordMessage.Request request, ChordMessage.Response response) {
        if (request instanceof ChordMessage.FindSuccessor) {
            return response instanceof ChordMessage.Nearer || response instanceof ChordMessage.Successors;
        } else if (request instanceof ChordMessage.GetNeighbours) {
            return response instanceof ChordMessage.Neighbours;
        }
        return response instanceof ChordMessage.Heard;
    }

    private static final class Pending {
        private final long id;
        private final Contact contact;
        private final ChordMessage.Request request;
        private final Asker asker;
        private @Nullable Timer timer;
        private int attempts;
        private long sentAtMillis;

        Pending(long id, Contact contact, ChordMessage.Request request, Asker asker) {
            this.id = id;
            this.contact = contact;
            this.request = request;
            this.asker = asker;
        }

        void cancel() {
            if (timer != null) {
                timer.cancel();
            }
        }
    }
}
