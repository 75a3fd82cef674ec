package io.cairn.transfer.swarm.peer;

import io.cairn.dht.DialBackTurns;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.swarm.port.DialBackEnd;
import io.cairn.transfer.swarm.port.DialFailure;
import io.cairn.transfer.swarm.port.PeerConnections;
import io.cairn.transfer.swarm.port.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Dial-backs over sessions: asks peers whether they reach this node by TCP, and tells peers that ask. A peer that asks is dialled only at the
 * address of its session and at the port it named in its greeting, within the turns of {@link DialBackTurns}. Confined to the loop.
 */
public final class DialBacks {
    /** Until a peer counts as one that does not answer: longer than its own attempt. */
    private static final long ANSWER_MILLIS = 4_000;

    /** Until a session counts as out of reach: people wait for the answer. */
    private static final long SESSION_MILLIS = 2_500;

    private final PeerConnections connections;
    private final Dialler dialler;
    private final Scheduler scheduler;
    private final Clock clock;
    private final DialBackTurns turns = new DialBackTurns();
    private final List<Waiting> open = new ArrayList<>();
    private long asked;

    public DialBacks(PeerConnections connections, Dialler dialler, Scheduler scheduler, Clock clock) {
        this.connections = connections;
        this.dialler = dialler;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /**
     * What a peer that was asked said.
     *
     * @param helper where it is
     * @param end null if it said nothing
     * @param noSession why there was no session to ask it over; else null
     */
    public record Report(
            Endpoint helper,
            @Nullable DialBackEnd end,
            @Nullable DialFailure noSession) {}

    /**
     * Asks a peer, over its session or a new one.
     *
     * @param helper null for whoever answers there
     * @param done called once, within seven seconds
     */
    public void ask(@Nullable PeerId helper, Endpoint at, Consumer<Report> done) {
        Asking asking = new Asking(at, done);
        scheduler.schedule(SESSION_MILLIS, asking::expire);
        dialler.reach(helper, List.of(at), true, asking);
    }

    /** A peer asks to be dialled. */
    public void asked(PeerLink link) {
        Endpoint listening = link.connection().listening();
        Endpoint remote = link.connection().remote();
        if (listening == null
                || turns.take(remote.address(), ++asked, clock.monotonicMillis()) != DialBackTurns.Turn.GRANTED) {
            link.connection().tellDialBack(DialBackEnd.DECLINED);
            return;
        }
        connections.knock(new Endpoint(remote.address(), listening.port()), end -> {
            if (!link.isClosed()) {
                link.connection().tellDialBack(end);
            }
        });
    }

    /** A peer says how its dial ended. */
    public void told(PeerLink link, DialBackEnd end) {
        of(link).forEach(waiting -> end(waiting, end));
    }

    /** A session has ended. */
    public void closed(PeerLink link) {
        of(link).forEach(waiting -> end(waiting, null));
    }

    private List<Waiting> of(PeerLink link) {
        return open.stream().filter(waiting -> waiting.link == link).toList();
    }

    private void end(Waiting waiting, @Nullable DialBackEnd end) {
        if (open.remove(waiting)) {
            waiting.done.accept(new Report(waiting.at, end, null));
        }
    }

    /** Waits for a session, then asks. */
    private final class Asking implements Dialler.Listener {
        private final Endpoint at;
        private final Consumer<Report> done;
        private boolean isOver;

        Asking(Endpoint at, Consumer<Report> done) {
            this.at = at;
            this.done = done;
        }

        @Override
        public void reached(PeerLink link) {
            if (!isOver) {
                isOver = true;
                Waiting waiting = new Waiting(link, at, done);
                open.add(waiting);
                scheduler.schedule(ANSWER_MILLIS, () -> end(waiting, null));
                link.connection().askDialBack();
            }
        }

        @Override
        public void unreachable(Endpoint endpoint, DialFailure failure) {
            if (!isOver) {
                isOver = true;
                done.accept(new Report(at, null, failure));
            }
        }

        void expire() {
            unreachable(at, new DialFailure(DialFailure.Kind.TIMED_OUT, "does not answer at " + at));
        }
    }

    private static final class Waiting {
        private final PeerLink link;
        private final Endpoint at;
        private final Consumer<Report> done;

        Waiting(PeerLink link, Endpoint at, Consumer<Report> done) {
            this.link = link;
            this.at = at;
            this.done = done;
        }
    }
}
