package io.cairn.dht.node;

import io.cairn.dht.env.Packet;
import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.Header;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.Token;
import io.cairn.dht.wire.WireSizes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests of this node that wait for an answer. Each is repeated under the same request id, with patience that doubles; an answer
 * counts if it comes from the endpoint asked and, where the id was known, from that id. Where we hold no token of a node, the request
 * is padded, since its answer, and the PING by which it verifies a stranger, may together be no longer than thrice the request.
 */
final class Requests {
    private static final int GREETING_ANSWERS_MAX = 256;

    /** So many greetings of the local network may still be answered: a busy host may need seconds. */
    private static final int GREETINGS_OPEN_MAX = 4;

    private final Local local;
    private final HeldTokens tokens;
    private final List<Observer> observers = new ArrayList<>();
    private final Map<Long, Pending> pending = new LinkedHashMap<>();
    private final Map<Long, Pending> late = new LinkedHashMap<>();
    private final Deque<Long> greetingIds = new ArrayDeque<>();
    private int greetingAnswers = GREETING_ANSWERS_MAX;
    private boolean isClosed;

    Requests(Local local) {
        this.local = local;
        this.tokens = new HeldTokens(local.limits());
    }

    /** Hears of every request that ended, before the one who asked. */
    interface Observer {
        void answered(Contact contact, long nowMillis);

        void unanswered(Contact contact);
    }

    /** The one who asked. Exactly one of {@link #answered} and {@link #unanswered} is called. */
    interface Asker {
        void answered(Contact from, Message.Response response);

        void unanswered();

        /** The first attempt got no answer in time; others are under way. */
        default void stalled() {}

        /** A datagram went out. */
        default void sent() {}
    }

    void observe(Observer observer) {
        observers.add(observer);
    }

    /** Asks a node whose id is known. A STORE that is refused for its token is repeated once with the fresh one. */
    void ask(Contact contact, Message.Request request, Asker asker) {
        start(new Pending(contact.endpoint(), contact.id(), request, asker));
    }

    /** Sends one PING, never repeated, to a node that need not exist: its silence is no failure of anybody's. */
    void tryOnce(Contact contact, Asker asker) {
        Pending trial = new Pending(contact.endpoint(), contact.id(), new Message.Ping(), asker);
        trial.attemptsMax = 1;
        start(trial);
    }

    /** Sends a PING to whoever is at an endpoint. */
    void greet(Endpoint endpoint, Asker asker) {
        start(new Pending(endpoint, null, new Message.Ping(), asker));
    }

    /** Sends a PING to the local network, once. Observers hear of every node that answers until the next greeting. */
    void greetLocalNetwork() {
        long greetingId = newId();
        greetingIds.addLast(greetingId);
        if (greetingIds.size() > GREETINGS_OPEN_MAX) {
            greetingIds.removeFirst();
        }
        greetingAnswers = 0;
        local.traffic().datagramSent();
        local.environment().network().sendToLocalNetwork(local.seal(greetingId, null, null, new Message.Ping(), 0));
    }

    /** Whether a datagram that claims this may be an answer we wait for. */
    boolean isAwaited(Endpoint from, Header claimed) {
        Pending request = pending.getOrDefault(claimed.requestId(), late.get(claimed.requestId()));
        return request == null
                ? isGreeting(claimed)
                : request.isFor(from, claimed.sender().nodeId());
    }

    /** Takes in a verified answer. */
    void received(Endpoint from, Datagram datagram, Message.Response response, long nowMillis) {
        Header header = datagram.header();
        Contact contact = new Contact(header.sender().nodeId(), from);
        Pending given = late.remove(header.requestId());
        Pending request = given == null ? pending.get(header.requestId()) : given;
        boolean isGreetingAnswer = request == null && isGreeting(header) && response instanceof Message.Pong;
        boolean isAnswer = request != null && request.isFor(from, contact.id()) && answers(request.message, response);
        if (!isAnswer && !isGreetingAnswer) {
            local.traffic().drop(Traffic.Drop.UNEXPECTED);
            return;
        }
        Token token = datagram.token();
        if (token != null) {
            tokens.put(from, token, nowMillis);
        }
        if (request == null || request == given) {
            greetingAnswers += request == null ? 1 : 0;
            observers.forEach(observer -> observer.answered(contact, nowMillis));
            return;
        }
        finish(request);
        local.traffic().requestAnswered();
        observers.forEach(observer -> observer.answered(contact, nowMillis));
        if (lacksToken(response) && !request.isSecondTry) {
            Pending again = new Pending(from, contact.id(), request.message, request.asker);
            again.isSecondTry = true;
            start(again);
        } else {
            request.asker.answered(contact, response);
        }
    }

    /** Ends every request as unanswered; later ones end so at once. */
    void close() {
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
        Token token = tokens.of(request.endpoint, nowMillis);
        int hoped = hopedAnswerBytes(request.message);
        int amplification = local.limits().guard().amplificationMax();
        int answerBytes = hoped == 0 ? 0 : hoped + WireSizes.PING_BYTES_MAX;
        int bytesMin = token == null ? (answerBytes + amplification - 1) / amplification : 0;
        request.packet = local.seal(request.id, request.nodeId, token, request.message, bytesMin);
        pending.put(request.id, request);
        local.traffic().requestSent();
        attempt(request);
    }

    /** How long the answer may become if all goes well: what its asker has to make room for; 0 if it is short in any case. */
    private int hopedAnswerBytes(Message.Request request) {
        if (request instanceof Message.FindValue) {
            return Datagram.BYTES_MAX;
        }
        int contacts = local.limits().k() * WireSizes.CONTACT_BYTES_MAX;
        return request instanceof Message.FindNode
                ? Math.min(Datagram.BYTES_MAX, WireSizes.ANSWER_OVERHEAD_BYTES + contacts)
                : 0;
    }

    private void attempt(Pending request) {
        Packet packet = request.packet;
        if (packet == null) {
            throw new IllegalStateException("a request is sealed before it is sent");
        }
        long patienceMillis = local.limits().requests().timeoutMillis() << request.attempts;
        request.attempts++;
        request.timer = local.environment().scheduler().schedule(patienceMillis, () -> timedOut(request));
        local.traffic().datagramSent();
        request.asker.sent();
        local.environment().network().send(request.endpoint, packet);
    }

    private void timedOut(Pending request) {
        if (request.attempts < request.attemptsMax) {
            attempt(request);
            if (request.attempts == 2) {
                request.asker.stalled();
            }
            return;
        }
        finish(request);
        rememberLate(request);
        NodeId nodeId = request.nodeId;
        if (nodeId != null && request.attemptsMax > 1) {
            observers.forEach(observer -> observer.unanswered(new Contact(nodeId, request.endpoint)));
        }
        request.asker.unanswered();
    }

    /** An answer that comes after the asker gave up still proves that the node lives: a busy machine may need seconds. */
    private void rememberLate(Pending request) {
        if (late.size() < local.limits().requests().pendingMax()) {
            request.packet = null;
            late.put(request.id, request);
            local.environment()
                    .scheduler()
                    .schedule(local.limits().requests().lateMillis(), () -> late.remove(request.id));
        }
    }

    private void finish(Pending request) {
        pending.remove(request.id);
        if (request.timer != null) {
            request.timer.cancel();
        }
    }

    private boolean isGreeting(Header claimed) {
        return greetingIds.contains(claimed.requestId()) && greetingAnswers < GREETING_ANSWERS_MAX;
    }

    private static boolean answers(Message.Request request, Message.Response response) {
        if (request instanceof Message.Ping) {
            return response instanceof Message.Pong;
        } else if (request instanceof Message.FindNode) {
            return response instanceof Message.Nodes;
        } else if (request instanceof Message.FindValue) {
            return response instanceof Message.Values;
        }
        return response instanceof Message.Stored;
    }

    private static boolean lacksToken(Message.Response response) {
        return response instanceof Message.Stored stored && stored.refusal() == Message.Refusal.TOKEN;
    }

    private long newId() {
        long id;
        do {
            id = local.environment().random().nextLong();
        } while (id == 0 || pending.containsKey(id));
        return id;
    }

    private final class Pending {
        private final long id = newId();
        private final Endpoint endpoint;
        private final @Nullable NodeId nodeId;
        private final Message.Request message;
        private final Asker asker;
        private @Nullable Packet packet;
        private @Nullable Timer timer;
        private int attempts;
        private int attemptsMax = local.limits().requests().attemptsMax();
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
    }
}
