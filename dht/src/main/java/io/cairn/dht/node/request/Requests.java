package io.cairn.dht.node.request;

import io.cairn.dht.env.Packet;
import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.Header;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.Token;
import io.cairn.dht.wire.WireSizes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests of this node that await an answer. Each is repeated under the same request id, with a time-out that follows the measured
 * round trips and doubles. An answer counts if it comes from the endpoint asked and, where the id was known, from that id. The asker learns
 * early that an answer is late, so that it can proceed, but a request counts as unanswered only after seconds, which a busy host may need;
 * an even later answer is still a sign of life. A request to a node whose token we do not hold is padded, since its answer plus the PING
 * with which it verifies a stranger may be at most three times as long as the request.
 */
public final class Requests {
    private static final int GREETING_ANSWERS_MAX = 256;

    /** Most answers to one request whose signature is checked: three attempts may bring three, and the network may duplicate each. */
    private static final int ANSWERS_HEARD_MAX = 6;

    /** Most greetings of the local network that may still be answered: a busy host may need seconds. */
    private static final int GREETINGS_OPEN_MAX = 4;

    /** Stands in for askers that gave up, so that they need not be remembered. */
    private static final Asker NOBODY = new Asker() {
        @Override
        public void answered(Contact from, Message.Response response) {
            throw new IllegalStateException("a late answer has no asker");
        }

        @Override
        public void unanswered() {
            throw new IllegalStateException("a late request is unanswered already");
        }
    };

    private final Local local;
    private final HeldTokens tokens;
    private final RoundTrips roundTrips;
    private final List<Observer> observers = new ArrayList<>(1);
    private final Map<Long, Pending> pending = new LinkedHashMap<>();
    private final Map<Long, Pending> late = new LinkedHashMap<>();
    private long[] greetingIds = {};
    private int greetingAnswers = GREETING_ANSWERS_MAX;
    private boolean isClosed;

    public Requests(Local local) {
        this.local = local;
        this.tokens = new HeldTokens(local.limits());
        this.roundTrips = new RoundTrips(local.limits().requests());
    }

    /** Hears of every request that ended, before its asker does. */
    public interface Observer {
        void answered(Contact contact, long nowMillis);

        void unanswered(Contact contact);
    }

    /** The sender of a request. Exactly one of {@link #answered} and {@link #unanswered} is called. */
    public interface Asker {
        void answered(Contact from, Message.Response response);

        void unanswered();

        /** The first attempt got no answer in time; others follow. */
        default void stalled() {}

        /** All attempts are made and none got an answer in time: an answer is unlikely, but possible until {@link #unanswered}. */
        default void overdue() {}

        /** A datagram was sent. */
        default void sent() {}
    }

    public void observe(Observer observer) {
        observers.add(observer);
    }

    public RoundTrips roundTrips() {
        return roundTrips;
    }

    /** Sends a request to a node whose id is known. A request refused for its token is repeated once with the fresh token. */
    public void ask(Contact contact, Message.Request request, Asker asker) {
        start(new Pending(contact.endpoint(), contact.id(), request, asker));
    }

    /** Sends one PING, never repeated, to a node that may not exist: its silence counts against no one. */
    public void tryOnce(Contact contact, Asker asker) {
        Pending trial = new Pending(contact.endpoint(), contact.id(), new Message.Ping(), asker);
        trial.isTrial = true;
        start(trial);
    }

    /** Sends a PING to an endpoint whose node is unknown. */
    public void greet(Endpoint endpoint, Asker asker) {
        start(new Pending(endpoint, null, new Message.Ping(), asker));
    }

    /** Sends one PING to an endpoint so that its node hears of this one; waits for no answer. */
    public void show(Endpoint endpoint) {
        local.traffic().datagramSent();
        local.environment().network().send(endpoint, local.seal(newId(), null, null, new Message.Ping(), 0));
    }

    /** Sends a PING to the local network, once. Observers hear of every node that answers until the next greeting. */
    public void greetLocalNetwork() {
        long greetingId = newId();
        int kept = Math.min(greetingIds.length, GREETINGS_OPEN_MAX - 1);
        long[] ids = Arrays.copyOfRange(greetingIds, greetingIds.length - kept, greetingIds.length + 1);
        ids[kept] = greetingId;
        greetingIds = ids;
        greetingAnswers = 0;
        local.traffic().datagramSent();
        local.environment().network().sendToLocalNetwork(local.seal(greetingId, null, null, new Message.Ping(), 0));
    }

    /**
     * Whether a header could belong to an awaited answer. Only a few are accepted per request, since the node asked may send false ones.
     */
    public boolean isAwaited(Endpoint from, Header claimed) {
        Pending request = pending.getOrDefault(claimed.requestId(), late.get(claimed.requestId()));
        return request != null
                && request.isFor(from, claimed.sender().nodeId())
                && request.answersHeard++ < ANSWERS_HEARD_MAX;
    }

    /** Whether a header could belong to an answer to our last greetings, which any node that heard them may send. */
    public boolean isGreeting(Header claimed) {
        for (long id : greetingIds) {
            if (id == claimed.requestId()) {
                return greetingAnswers < GREETING_ANSWERS_MAX;
            }
        }
        return false;
    }

    /** Processes a verified answer. */
    public void received(Endpoint from, Datagram datagram, Message.Response response, long nowMillis) {
        Header header = datagram.header();
        Contact contact = new Contact(header.sender().nodeId(), from);
        forgetLate(nowMillis);
        Pending given = late.remove(header.requestId());
        Pending request = given == null ? pending.get(header.requestId()) : given;
        boolean isGreetingAnswer = request == null && isGreeting(header) && response instanceof Message.Pong;
        boolean isAnswer = request != null
                && request.isFor(from, contact.id())
                && request.message.answer().isInstance(response);
        if (!isAnswer && !isGreetingAnswer) {
            local.traffic().drop(Traffic.Drop.UNEXPECTED);
            return;
        }
        Token token = datagram.token();
        if (token != null) {
            tokens.put(from, token, nowMillis);
        }
        if (request != null) {
            roundTrips.answered(request.sentMillis, request.repeatedMillis, request.lastMillis, nowMillis);
        }
        if (request == null || request == given) {
            greetingAnswers += request == null ? 1 : 0;
            observers.forEach(observer -> observer.answered(contact, nowMillis));
            return;
        }
        finish(request);
        local.traffic().requestAnswered(request.message, nowMillis - request.sentMillis);
        observers.forEach(observer -> observer.answered(contact, nowMillis));
        if (response.lacksToken() && !request.isSecondTry) {
            Pending again = new Pending(from, contact.id(), request.message, request.asker);
            again.isSecondTry = true;
            start(again);
        } else {
            request.asker.answered(contact, response);
        }
    }

    /** Ends every request as unanswered; later requests end so at once. */
    public void close() {
        isClosed = true;
        List<Pending> open = new ArrayList<>(pending.values());
        open.forEach(this::finish);
        open.forEach(request -> request.asker.unanswered());
    }

    private void start(Pending request) {
        if (isClosed || pending.size() >= local.limits().requests().pendingMax()) {
            local.environment().scheduler().execute(request.asker::unanswered);
            return;
        }
        long nowMillis = local.monotonicMillis();
        forgetLate(nowMillis);
        Token token = tokens.of(request.endpoint, nowMillis);
        int amplification = local.limits().guard().amplificationMax();
        int answerBytes =
                WireSizes.answerBytesMax(request.message, local.limits().k()) + WireSizes.PING_BYTES_MAX;
        int bytesMin = token == null ? (answerBytes + amplification - 1) / amplification : 0;
        request.packet = local.seal(request.id, request.nodeId, token, request.message, bytesMin);
        request.sentMillis = nowMillis;
        request.lastMillis = nowMillis;
        pending.put(request.id, request);
        local.traffic().requestSent();
        attempt(request);
    }

    private void attempt(Pending request) {
        Packet packet = request.packet;
        if (packet == null) {
            throw new IllegalStateException("a request is sealed before it is sent");
        }
        request.attempts++;
        request.repeatedMillis = request.lastMillis;
        request.lastMillis = local.monotonicMillis();
        schedule(request, waitMillis(request));
        local.traffic().datagramSent();
        request.asker.sent();
        local.environment().network().send(request.endpoint, packet);
    }

    /** How long to wait after the current attempt. */
    private long waitMillis(Pending request) {
        KademliaLimits.Requests limits = local.limits().requests();
        if (request.isTrial) {
            return Math.max(roundTrips.patienceMillis(), limits.timeoutMillis());
        }
        long waitMillis = roundTrips.patienceMillis();
        if (request.attempts < limits.attemptsMax()) {
            return waitMillis << (request.attempts - 1);
        }
        long leastMillis = limits.overdueMinMillis() - (local.monotonicMillis() - request.sentMillis);
        return Math.max(waitMillis << Math.max(0, request.attempts - 2), leastMillis);
    }

    private void schedule(Pending request, long delayMillis) {
        request.timer = local.environment().scheduler().schedule(delayMillis, request);
    }

    private void timedOut(Pending request) {
        KademliaLimits.Requests limits = local.limits().requests();
        if (!request.isTrial && request.attempts < limits.attemptsMax()) {
            attempt(request);
            if (request.attempts == 2) {
                request.asker.stalled();
            }
            return;
        }
        long leftMillis = limits.unansweredMinMillis() - (local.monotonicMillis() - request.sentMillis);
        if (!request.isTrial && leftMillis > 0) {
            schedule(request, leftMillis);
            request.asker.overdue();
            return;
        }
        giveUp(request);
    }

    private void giveUp(Pending request) {
        finish(request);
        Asker asker = request.asker;
        rememberLate(request);
        NodeId nodeId = request.nodeId;
        if (nodeId != null && !request.isTrial) {
            observers.forEach(observer -> observer.unanswered(new Contact(nodeId, request.endpoint)));
        }
        asker.unanswered();
    }

    /** An answer that arrives after the asker gave up still proves that the node lives: a busy machine may need seconds. */
    private void rememberLate(Pending request) {
        KademliaLimits.Requests limits = local.limits().requests();
        if (late.size() < limits.pendingMax()) {
            request.packet = null;
            request.timer = null;
            request.asker = NOBODY;
            request.lateUntilMillis = local.monotonicMillis() + limits.lateMillis();
            late.put(request.id, request);
        }
    }

    /** Late requests have no timer: each new request or answer checks whether the oldest are due. */
    private void forgetLate(long nowMillis) {
        while (!late.isEmpty()) {
            Pending oldest = late.values().iterator().next();
            if (oldest.lateUntilMillis > nowMillis) {
                return;
            }
            late.remove(oldest.id);
        }
    }

    private void finish(Pending request) {
        pending.remove(request.id);
        if (request.timer != null) {
            request.timer.cancel();
        }
    }

    private long newId() {
        long id;
        do {
            id = local.environment().random().nextLong();
        } while (id == 0 || pending.containsKey(id));
        return id;
    }

    private final class Pending implements Runnable {
        private final long id = newId();
        private final Endpoint endpoint;
        private final @Nullable NodeId nodeId;
        private final Message.Request message;
        private Asker asker;
        private @Nullable Packet packet;
        private @Nullable Timer timer;
        private long sentMillis;
        private long repeatedMillis;
        private long lastMillis;
        private long lateUntilMillis;
        private int attempts;
        private int answersHeard;
        private boolean isTrial;
        private boolean isSecondTry;

        Pending(Endpoint endpoint, @Nullable NodeId nodeId, Message.Request message, Asker asker) {
            this.endpoint = endpoint;
            this.nodeId = nodeId;
            this.message = message;
            this.asker = asker;
        }

        boolean isFor(Endpoint from, NodeId sender) {
            return endpoint.equals(from) && (nodeId == null || nodeId.equals(sender));
        }

        @Override
        public void run() {
            timedOut(this);
        }
    }
}
