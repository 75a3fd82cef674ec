package io.cairn.transfer.swarm.talk;

import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.swarm.peer.Dialler;
import io.cairn.transfer.swarm.peer.LinkTable;
import io.cairn.transfer.swarm.peer.PeerLink;
import io.cairn.transfer.swarm.port.DialFailure;
import io.cairn.transfer.swarm.port.PeerId;
import io.cairn.transfer.swarm.port.Question;
import io.cairn.transfer.swarm.port.Reply;
import io.cairn.transfer.swarm.port.Topic;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Questions to peers and their answers, over the sessions that chunks use, too. A peer has a bounded number of questions open here, and
 * every question of this node ends within {@value #ANSWER_MILLIS} ms of its session. Confined to the loop.
 */
public final class Talks {
    /** Until a question that was sent counts as unanswered. */
    public static final long ANSWER_MILLIS = 8_000;

    /** Most questions of one session that wait for an answer; further ones are refused. */
    public static final int OPEN_MAX = 8;

    private final Dialler dialler;
    private final LinkTable links;
    private final Scheduler scheduler;
    private final Map<Topic, Answerer> answerers = new EnumMap<>(Topic.class);
    private final Map<Integer, Asked> asked = new LinkedHashMap<>();
    private final Map<PeerLink, Integer> answering = new LinkedHashMap<>();
    private int number;
    private boolean closed;

    public Talks(Dialler dialler, LinkTable links, Scheduler scheduler) {
        this.dialler = dialler;
        this.links = links;
        this.scheduler = scheduler;
    }

    /** From now on questions of a topic are answered; those of a topic without an answerer are refused. */
    public void answer(Topic topic, Answerer answerer) {
        answerers.put(topic, answerer);
    }

    /**
     * Asks a peer, over its session or a new one. Fails with a {@link TalkException}. Once there is a session, ends within
     * {@link #ANSWER_MILLIS}.
     *
     * @param peer null for the peer that answers at the endpoints
     * @param endpoints where to dial it if there is no session, the best first; none to use a session only
     */
    public CompletableFuture<Answered> ask(@Nullable PeerId peer, List<Endpoint> endpoints, Topic topic, byte[] body) {
        Asked question = new Asked(++number, topic, body);
        if (closed) {
            question.fail(TalkException.Kind.CLOSED, "this node is closing", null);
        } else if (endpoints.isEmpty() && (peer == null || links.linkTo(peer) == null)) {
            question.fail(TalkException.Kind.UNREACHABLE, "no address of it is known", null);
        } else {
            asked.put(question.number, question);
            dialler.reach(peer, endpoints, true, question);
        }
        return question.answer;
    }

    /**
     * An answer.
     *
     * @param peer that gave it
     * @param at where it can be reached, as far as known
     * @param body not yet parsed
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Answered(PeerId peer, Endpoint at, byte[] body) {}

    /** A peer asks this node. */
    public void asked(PeerLink link, Question question) {
        Topic topic = question.topic();
        Answerer answerer = topic == null ? null : answerers.get(topic);
        int open = answering.getOrDefault(link, 0);
        if (answerer == null || open >= OPEN_MAX) {
            link.connection().reply(new Reply(question.number(), null));
            return;
        }
        answering.put(link, open + 1);
        var unused = answerer.asked(new Answerer.Asker(link.peer(), link.endpoint()), question.body())
                .handle((body, failure) -> {
                    reply(link, new Reply(question.number(), failure == null ? body : null));
                    return null;
                });
    }

    private void reply(PeerLink link, Reply reply) {
        if (!link.isClosed()) {
            answering.computeIfPresent(link, (known, open) -> open > 1 ? open - 1 : null);
            link.connection().reply(reply);
        }
    }

    /** A peer answers a question of this node. An answer that nobody waits for is ignored. */
    public void answered(PeerLink link, Reply reply) {
        Asked question = asked.get(reply.number());
        if (question != null && question.link == link) {
            byte[] body = reply.body();
            if (body == null) {
                question.fail(TalkException.Kind.REFUSED, "it refuses to answer", null);
            } else {
                asked.remove(question.number);
                question.answer.complete(new Answered(link.peer(), link.endpoint(), body));
            }
        }
    }

    /** A session has ended. */
    public void closed(PeerLink link) {
        answering.remove(link);
        List.copyOf(asked.values()).stream()
                .filter(question -> question.link == link)
                .forEach(question ->
                        question.fail(TalkException.Kind.SILENT, "the session ended before it answered", null));
    }

    /** Ends all questions. */
    public void close() {
        closed = true;
        List.copyOf(asked.values())
                .forEach(question -> question.fail(TalkException.Kind.CLOSED, "this node is closing", null));
    }

    /** A question of this node: waits for a session, then for the answer. */
    private final class Asked implements Dialler.Listener {
        private final int number;
        private final Topic topic;
        private final byte[] body;
        private final CompletableFuture<Answered> answer = new CompletableFuture<>();
        private @Nullable PeerLink link;

        Asked(int number, Topic topic, byte[] body) {
            this.number = number;
            this.topic = topic;
            this.body = body;
        }

        @Override
        public void reached(PeerLink reached) {
            if (asked.containsKey(number)) {
                link = reached;
                scheduler.schedule(
                        ANSWER_MILLIS, () -> fail(TalkException.Kind.SILENT, "it did not answer in time", null));
                reached.connection().ask(new Question(number, topic, body));
            }
        }

        @Override
        public void unreachable(Endpoint endpoint, DialFailure failure) {
            fail(TalkException.Kind.UNREACHABLE, "it cannot be reached", failure);
        }

        void fail(TalkException.Kind kind, String message, @Nullable DialFailure failure) {
            asked.remove(number);
            answer.completeExceptionally(new TalkException(kind, message, failure));
        }
    }
}
