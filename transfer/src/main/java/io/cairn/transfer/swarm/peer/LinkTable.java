package io.cairn.transfer.swarm.peer;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.transfer.swarm.port.PeerConnection;
import io.cairn.transfer.swarm.port.PeerId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every session of the node, whichever side opened it. When two peers dial each other at once, both keep the session that the smaller id
 * opened; when one dials another twice, the dialler keeps its first. Idle sessions are closed. Confined to the loop.
 */
public final class LinkTable implements Dialler.Links {
    private static final int TICK_MILLIS = 250;

    private final PeerId self;
    private final Clock clock;
    private final Scheduler scheduler;
    private final SwarmLimits limits;
    private final UploadSlots uploads;
    private final Events events;
    private final PeerTrust trust;
    private final Set<PeerLink> links = new LinkedHashSet<>();
    private long endedReceivedBytes;
    private long endedSentBytes;
    private boolean ticking;
    private boolean closed;

    public LinkTable(
            PeerId self, Clock clock, Scheduler scheduler, SwarmLimits limits, UploadSlots uploads, Events events) {
        this.self = self;
        this.clock = clock;
        this.scheduler = scheduler;
        this.limits = limits;
        this.uploads = uploads;
        this.events = events;
        this.trust = new PeerTrust(limits.strikesMax(), limits.banMillis());
    }

    /** Hears of sessions. */
    public interface Events {
        /** The receiver for the peer's messages; it also hears that the session ends, and must pass that on to {@link LinkTable#ended}. */
        PeerConnection.Receiver receiver(PeerLink link);

        void opened(PeerLink link);

        void closed(PeerLink link, String reason);

        /** Called regularly; returns whether it should be called again. */
        boolean ticked(long nowMillis);
    }

    public List<PeerLink> all() {
        return List.copyOf(links);
    }

    public PeerTrust trust() {
        return trust;
    }

    @Override
    public @Nullable PeerLink linkTo(PeerId peer) {
        return links.stream()
                .filter(link -> link.peer().equals(peer))
                .findFirst()
                .orElse(null);
    }

    /** Accepts a session that another node opened. */
    public void accepted(PeerConnection connection) {
        long sameNode = links.stream()
                .filter(link -> link.peer().equals(connection.peer()))
                .count();
        if (sameNode >= limits.linksPerPeerMax()) {
            connection.close();
        } else {
            add(connection);
        }
    }

    @Override
    public @Nullable PeerLink dialled(PeerConnection connection) {
        PeerLink existing = links.stream()
                .filter(link -> link.peer().equals(connection.peer()))
                .filter(link -> link.connection().isDialled())
                .findFirst()
                .orElse(null);
        if (existing != null) {
            connection.close();
            return existing;
        }
        return add(connection);
    }

    /** Ends a session for a reason of this node. */
    public void drop(PeerLink link, String reason) {
        link.connection().close();
        ended(link, reason);
    }

    /** Ends all sessions with the peer of this one and bans it for a while. */
    public void ban(PeerLink liar, String reason) {
        trust.ban(liar.peer(), liar.listening(), clock.monotonicMillis());
        dropAll(liar.peer(), reason);
    }

    /** Counts a bad chunk; bans at the limit. */
    public boolean strike(PeerLink liar) {
        boolean banned = trust.strike(liar.peer(), liar.listening(), clock.monotonicMillis());
        if (banned) {
            dropAll(liar.peer(), "sent too many bad chunks");
        }
        return banned;
    }

    /** A session has ended, whichever side ended it. */
    public void ended(PeerLink link, String reason) {
        if (links.remove(link)) {
            link.markClosed();
            endedReceivedBytes += link.connection().receivedBytes();
            endedSentBytes += link.connection().sentBytes();
            uploads.closed(link);
            events.closed(link, reason);
        }
    }

    public SwarmStatistics statistics(SwarmStatistics.Chunks chunks) {
        long received = endedReceivedBytes;
        long sent = endedSentBytes;
        for (PeerLink link : links) {
            received += link.connection().receivedBytes();
            sent += link.connection().sentBytes();
        }
        List<SwarmStatistics.Session> sessions = links.stream()
                .map(link -> new SwarmStatistics.Session(
                        link.peer(),
                        link.endpoint(),
                        link.connection().isDialled(),
                        link.connection().receivedBytes(),
                        link.connection().sentBytes()))
                .toList();
        return new SwarmStatistics(received, sent, sessions, chunks);
    }

    public void close() {
        closed = true;
        List.copyOf(links).forEach(link -> drop(link, "was let go"));
    }

    public void startTicking() {
        if (!ticking && !closed) {
            ticking = true;
            scheduler.schedule(TICK_MILLIS, this::tick);
        }
    }

    private @Nullable PeerLink add(PeerConnection connection) {
        long now = clock.monotonicMillis();
        if (closed || trust.isBanned(connection.peer(), now)) {
            connection.close();
            return null;
        }
        PeerLink link = new PeerLink(connection, now);
        connection.receive(events.receiver(link));
        PeerLink opposite = opposite(connection);
        links.add(link);
        startTicking();
        if (opposite != null && keepsDialledBySelf(connection.peer()) != connection.isDialled()) {
            drop(link, "is connected already");
            return opposite;
        }
        events.opened(link);
        if (opposite != null) {
            drop(opposite, "is connected already");
        }
        return link;
    }

    private @Nullable PeerLink opposite(PeerConnection connection) {
        return links.stream()
                .filter(link -> link.peer().equals(connection.peer()))
                .filter(link -> link.connection().isDialled() != connection.isDialled())
                .findFirst()
                .orElse(null);
    }

    private boolean keepsDialledBySelf(PeerId peer) {
        return self.toString().compareTo(peer.toString()) < 0; // the other side compares the same two ids
    }

    private void dropAll(PeerId peer, String reason) {
        for (PeerLink link : List.copyOf(links)) {
            if (link.peer().equals(peer)) {
                drop(link, reason);
            }
        }
    }

    private void tick() {
        ticking = false;
        long now = clock.monotonicMillis();
        for (PeerLink link : List.copyOf(links)) {
            link.observe(uploads.isSending(link), now);
            long idle = now - Math.max(link.lastReceivedMillis(), link.lastSentMillis());
            if (now - link.takesMillis() >= limits.deadMillis()) {
                drop(link, "accepts no more data");
            } else if (idle >= limits.idleMillis()) {
                drop(link, "has been idle for too long");
            }
        }
        uploads.proceed();
        if (events.ticked(now) || !links.isEmpty()) {
            startTicking();
        }
    }
}
