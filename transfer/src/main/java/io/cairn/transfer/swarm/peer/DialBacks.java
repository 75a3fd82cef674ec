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
    public record Report(Endpoint helper, @Nullable DialBackEnd end, @Nullable DialFailure noSession) {}

    /**
     * Asks a peer, over its session or a new one.
     *
     * @param helper null for whoever answers there
     * @param done called once, within the time of a dial and four seconds
     */
    public void ask(@Nullable PeerId helper, Endpoint at, Consumer<Report> done) {
        dialler.reach(helper, List.of(at), true, new Dialler.Listener() {
            @Override
            public void reached(PeerLink link) {
                Waiting waiting = new Waiting(link, at, done);
                open.add(waiting);
                scheduler.schedule(ANSWER_MILLIS, () -> end(waiting, null));
                link.connection().askDialBack();
            }

            @Override
            public void unreachable(Endpoint endpoint, DialFailure failure) {
                done.accept(new Report(at, null, failure));
            }
        });
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
