package io.cairn.app.codes;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Codes.End;
import io.cairn.app.Codes.Person;
import io.cairn.app.Codes.Recipient;
import io.cairn.app.Codes.Send;
import io.cairn.app.Codes.SendEvent;
import io.cairn.app.Codes.Sent;
import io.cairn.app.Codes.Stand;
import io.cairn.app.Offers.Offer;
import io.cairn.app.network.Peers;
import io.cairn.app.people.NodeFinder;
import io.cairn.app.work.Work;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.protocol.code.CodeCodec;
import io.cairn.transfer.protocol.code.CodeStep;
import io.cairn.transfer.protocol.code.CodeStep.Receipt;
import io.cairn.transfer.protocol.code.Offering;
import io.cairn.transfer.swarm.Swarm;
import io.cairn.transfer.swarm.port.PeerId;
import io.cairn.transfer.swarm.port.Topic;
import io.cairn.transfer.swarm.talk.TalkException;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One send to named nodes: shares, tells each node as soon as it can be reached, and ends the shares when all have answered or the time is
 * over. A node that restarts has forgotten what it was told, so one without a session is told again. On the loop.
 */
final class Giving implements OpenCode.Settling, LocalCodes.Running {
    /** Most nodes that are looked for at once. */
    private static final int ASKED_MAX = 8;

    private static final long LOOK_MILLIS = 1_000;
    private static final long AGAIN_MILLIS_MIN = 5_000;
    private static final long AGAIN_MILLIS_MAX = 60_000;

    private final Work work;
    private final Clock clock;
    private final Swarm swarm;
    private final SentShares shares;
    private final CodeDesk desk;
    private final NodeFinder finder;
    private final Send what;
    private final String claim;
    private final Consumer<SendEvent> events;
    private final Uploads uploads;
    private final Map<NodeId, Told> recipients = new LinkedHashMap<>();
    private final Queue<Told> waiting = new ArrayDeque<>();
    private final CompletableFuture<Sent> result = new CompletableFuture<>();
    private final SentShares.Shared shared = new SentShares.Shared();
    private int asked;
    private long untilMillis;
    private boolean stopped;

    /** One recipient. */
    private static final class Told {
        private final Person person;
        private final byte[] ticket;
        private List<Endpoint> endpoints = List.of();
        private @Nullable Stand stand;
        private int failures;
        private long nextMillis;
        private boolean isAsked;

        Told(Person person, byte[] ticket) {
            this.person = person;
            this.ticket = ticket;
        }

        boolean isFinal() {
            return stand == Stand.RECEIVED || stand == Stand.DECLINED || stand == Stand.REFUSED;
        }

        boolean hasHeard() {
            return stand == Stand.TOLD || stand == Stand.STOPPED;
        }

        Recipient recipient() {
            return new Recipient(person, stand == null ? Stand.UNREACHABLE : stand);
        }
    }

    /** @param names what the user calls a node */
    Giving(
            Work work,
            Clock clock,
            Swarm swarm,
            SentShares shares,
            CodeDesk desk,
            NodeFinder finder,
            Send what,
            String claim,
            Set<NodeId> nodes,
            Function<NodeId, @Nullable String> names,
            Consumer<SendEvent> events) {
        this.work = work;
        this.clock = clock;
        this.swarm = swarm;
        this.shares = shares;
        this.desk = desk;
        this.finder = finder;
        this.what = what;
        this.claim = claim;
        this.events = events;
        this.uploads = new Uploads(clock, () -> swarm.statistics().sessions());
        nodes.forEach(node ->
                recipients.put(node, new Told(new Person(node, names.apply(node), "", ""), desk.drawn())));
    }

    CompletableFuture<Sent> start() {
        var unused = shares.share(
                        what,
                        new Offer(false, what.to()),
                        shared,
                        progress -> events.accept(new SendEvent.Hashing(progress)))
                .thenAccept(all -> {
                    if (!stopped) {
                        untilMillis = clock.monotonicMillis() + what.seconds() * 1_000L;
                        look();
                    }
                })
                .whenComplete((begun, failure) -> {
                    if (failure != null) {
                        fail(Work.cause(failure));
                    }
                });
        return result;
    }

    @Override
    public CompletableFuture<Sent> result() {
        return result;
    }

    /** Tells those whose turn it is, and ends with the time. */
    private void look() {
        if (stopped) {
            return;
        }
        long now = clock.monotonicMillis();
        if (now >= untilMillis
                && (quietMillis() > Uploads.QUIET_MILLIS
                        || recipients.values().stream().noneMatch(Told::hasHeard))) {
            finish(End.EXPIRED);
            return;
        }
        Set<NodeId> there = swarm.statistics().sessions().stream()
                .map(session -> Peers.node(session.peer()))
                .collect(Collectors.toSet());
        for (Told recipient : recipients.values()) {
            boolean isDue = !recipient.isFinal()
                    && !recipient.isAsked
                    && now >= recipient.nextMillis
                    && !(recipient.hasHeard() && there.contains(recipient.person.node()));
            if (isDue) {
                recipient.isAsked = true;
                waiting.add(recipient);
            }
        }
        tellNext();
        work.scheduler().schedule(LOOK_MILLIS, this::look);
    }

    /** How long no recipient that has not settled has taken anything. */
    private long quietMillis() {
        return uploads.quietMillis(recipients.values().stream()
                .filter(recipient -> !recipient.isFinal())
                .map(recipient -> recipient.person.node())
                .collect(Collectors.toSet()));
    }

    private void tellNext() {
        while (asked < ASKED_MAX && !stopped) {
            Told recipient = waiting.poll();
            if (recipient == null) {
                return;
            }
            asked++;
            tell(recipient);
        }
    }

    private void tell(Told recipient) {
        NodeId node = recipient.person.node();
        byte[] offering = CodeCodec.encode(new Offering(recipient.ticket, claim, shared.items(), what.text()));
        desk.expect(recipient.ticket, this, recipient.person);
        var unused = finder.find(node)
                .thenCompose(endpoints -> {
                    recipient.endpoints = endpoints;
                    return endpoints.isEmpty() || stopped
                            ? CompletableFuture.failedFuture(new CancellationException("nobody knows where it is"))
                            : swarm.talks().ask(PeerId.of(node), endpoints, Topic.GIFT, offering);
                })
                .handle((answered, failure) -> {
                    asked--;
                    recipient.isAsked = false;
                    if (!stopped) {
                        told(recipient, failure == null ? null : Work.cause(failure));
                        tellNext();
                    }
                    return null;
                });
    }

    private void told(Told recipient, @Nullable Throwable failure) {
        boolean isRefused = failure instanceof TalkException talk && talk.kind() == TalkException.Kind.REFUSED;
        if (recipient.isFinal()) {
            return; // it has settled before it was heard
        }
        if (failure == null) {
            recipient.failures = 0;
            recipient.nextMillis = clock.monotonicMillis() + AGAIN_MILLIS_MAX;
            if (!recipient.hasHeard()) {
                uploads.sign();
                become(recipient, shared.items().isEmpty() ? Stand.RECEIVED : Stand.TOLD);
            }
        } else if (isRefused) {
            become(recipient, Stand.REFUSED);
        } else {
            long pause = Math.min(AGAIN_MILLIS_MAX, AGAIN_MILLIS_MIN << Math.min(recipient.failures++, 8));
            recipient.nextMillis = clock.monotonicMillis() + pause;
            if (recipient.stand == null) {
                become(recipient, Stand.UNREACHABLE);
            }
        }
        endIfAnswered();
    }

    private void become(Told recipient, Stand stand) {
        recipient.stand = stand;
        events.accept(new SendEvent.Changed(recipient.recipient()));
    }

    @Override
    public void settled(Person receiver, Receipt receipt) {
        Told recipient = recipients.get(receiver.node());
        if (recipient == null || recipient.isFinal()) {
            return;
        }
        uploads.sign();
        become(
                recipient,
                switch (receipt) {
                    case RECEIVED -> Stand.RECEIVED;
                    case DECLINED -> Stand.DECLINED;
                    case STOPPED -> Stand.STOPPED;
                });
        endIfAnswered();
    }

    private void endIfAnswered() {
        if (stopped || !recipients.values().stream().allMatch(Told::isFinal)) {
            return;
        }
        if (recipients.values().stream().allMatch(recipient -> recipient.stand == Stand.REFUSED)) {
            fail(refused());
        } else {
            finish(
                    recipients.values().stream().anyMatch(recipient -> recipient.stand == Stand.RECEIVED)
                            ? End.USED
                            : End.DECLINED);
        }
    }

    private CairnException refused() {
        boolean isOne = recipients.size() == 1;
        return new CairnException(
                Kind.DENIED,
                "cannot send to " + String.join(", ", what.to()),
                isOne ? "its node takes nothing from this one" : "their nodes take nothing from this one",
                "this node must be a contact there: give its id there, with contacts add");
    }

    private void finish(End how) {
        Sent sent = new Sent(
                how,
                recipients.values().stream()
                        .filter(recipient -> recipient.stand == Stand.RECEIVED)
                        .map(recipient -> recipient.person)
                        .toList(),
                recipients.values().stream()
                        .filter(recipient -> recipient.stand != Stand.RECEIVED)
                        .map(Told::recipient)
                        .toList());
        var unused = over().thenAccept(done -> result.complete(sent));
    }

    private void fail(Throwable failure) {
        var unused = over().thenAccept(done -> result.completeExceptionally(failure));
    }

    /** Withdraws it: who has been told hears that it is over. */
    @Override
    public void stop() {
        if (!stopped) {
            var unused = over();
            result.completeExceptionally(new CancellationException("withdrawn"));
        }
    }

    private CompletableFuture<Void> over() {
        stopped = true;
        waiting.clear();
        desk.forget(this);
        recipients.values().stream().filter(Told::hasHeard).forEach(this::withdraw);
        return shares.release(shared);
    }

    private void withdraw(Told recipient) {
        var unused = swarm.talks()
                .ask(
                        PeerId.of(recipient.person.node()),
                        recipient.endpoints,
                        Topic.CODE,
                        CodeCodec.encode(new CodeStep.Withdraw(recipient.ticket)));
    }
}
