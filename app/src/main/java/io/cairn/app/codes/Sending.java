package io.cairn.app.codes;

import io.cairn.app.Codes.End;
import io.cairn.app.Codes.Person;
import io.cairn.app.Codes.Recipient;
import io.cairn.app.Codes.Send;
import io.cairn.app.Codes.SendEvent;
import io.cairn.app.Codes.Sent;
import io.cairn.app.Codes.Stand;
import io.cairn.app.Offers.Offer;
import io.cairn.app.network.Peers;
import io.cairn.app.work.Work;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.protocol.code.CodeStep.Receipt;
import io.cairn.transfer.protocol.code.Offering;
import io.cairn.transfer.swarm.Swarm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One send under a code: shares, opens the code, and when the code has ended waits for its receivers before it ends the shares. A receiver
 * that stops, or is gone, before it has everything gives its use of the code back. On the loop.
 */
final class Sending implements OpenCode.Holder, LocalCodes.Running {
    /** How long a receiver that has not settled may have no session with this node until it counts as gone. */
    static final long GONE_MILLIS = 15_000;

    private static final long LOOK_MILLIS = 1_000;

    /** The code is told at the latest after this time, even if nodes of the network are slow to store its record. */
    private static final long PLACED_MILLIS = 2_000;

    private final Work work;
    private final Clock clock;
    private final Swarm swarm;
    private final SentShares shares;
    private final CodeDesk desk;
    private final Send what;
    private final String claim;
    private final IntFunction<CodeAnnouncement> announcements;
    private final Consumer<SendEvent> events;
    private final Uploads uploads;
    private final CompletableFuture<Sent> result = new CompletableFuture<>();
    private final SentShares.Shared shared = new SentShares.Shared();
    private final List<Person> receivers = new ArrayList<>(); // who has it
    private final List<Recipient> declined = new ArrayList<>();
    private final Map<Person, Stand> unsettled = new LinkedHashMap<>();
    private final Map<Person, Long> seenMillis = new HashMap<>();
    private final Set<Person> missed = new HashSet<>(); // had no session for a moment
    private long untilMillis;
    private boolean isSilent;
    private @Nullable OpenCode code;
    private @Nullable CodeAnnouncement announcement;
    private Scheduler.@Nullable Timer expiry;
    private @Nullable End end;
    private boolean stopped;

    Sending(
            Work work,
            Clock clock,
            Swarm swarm,
            SentShares shares,
            CodeDesk desk,
            Send what,
            String claim,
            IntFunction<CodeAnnouncement> announcements,
            Consumer<SendEvent> events) {
        this.work = work;
        this.clock = clock;
        this.swarm = swarm;
        this.shares = shares;
        this.desk = desk;
        this.what = what;
        this.claim = claim;
        this.announcements = announcements;
        this.events = events;
        this.uploads = new Uploads(clock, () -> swarm.statistics().sessions());
    }

    /** @param picked the number of the code, and its words */
    CompletableFuture<Sent> start(CompletableFuture<SpokenCode> picked) {
        var unused = shares.share(
                        what,
                        new Offer(false, List.of()),
                        shared,
                        progress -> events.accept(new SendEvent.Hashing(progress)))
                .thenCombine(picked, this::open)
                .whenComplete((opened, failure) -> {
                    if (failure != null) {
                        var unusedEnd = over();
                        result.completeExceptionally(Work.cause(failure));
                    }
                });
        return result;
    }

    @Override
    public CompletableFuture<Sent> result() {
        return result;
    }

    /** Whether its code has this number, or may have it again. */
    boolean isUnder(int number) {
        return code != null && code.code().number() == number;
    }

    private SpokenCode open(SentShares.Shared all, SpokenCode spoken) {
        if (stopped) {
            throw new CancellationException("withdrawn");
        }
        OpenCode opened = new OpenCode(spoken, what.times(), this);
        code = opened;
        untilMillis = clock.monotonicMillis() + what.seconds() * 1_000L;
        long expiresMillis = clock.wallMillis() + what.seconds() * 1_000L;
        CompletableFuture<Void> ready = announce(opened);
        work.scheduler().schedule(PLACED_MILLIS, () -> ready.complete(null));
        var unused = ready.thenAccept(placed -> {
            if (!stopped) {
                events.accept(new SendEvent.Ready(spoken.text(), expiresMillis));
            }
        });
        look();
        return spoken;
    }

    /** Completes once nodes hold the record. */
    private CompletableFuture<Void> announce(OpenCode opened) {
        desk.open(opened);
        expiry = work.scheduler()
                .schedule(Math.max(0, untilMillis - clock.monotonicMillis()), () -> opened.end(End.EXPIRED));
        CodeAnnouncement begun = announcements.apply(opened.code().number());
        announcement = begun;
        return begun.start();
    }

    @Override
    public void wrong(int left) {
        events.accept(new SendEvent.WrongTry(left));
    }

    @Override
    public Offering offering() {
        return new Offering(desk.drawn(), claim, shared.items(), what.text());
    }

    @Override
    public void taken(Person receiver, Offering offering) {
        uploads.sign();
        unsettled
                .entrySet()
                .removeIf(earlier -> earlier.getValue() != Stand.TOLD
                        && earlier.getKey().node().equals(receiver.node())); // it comes again
        if (offering.items().isEmpty()) {
            receivers.add(receiver);
        } else {
            unsettled.put(receiver, Stand.TOLD);
            seenMillis.put(receiver, clock.monotonicMillis());
        }
        events.accept(new SendEvent.Taken(receiver));
    }

    @Override
    public void settled(Person receiver, Receipt receipt) {
        Stand before = unsettled.get(receiver);
        if (before == null) {
            return;
        }
        switch (receipt) {
            case RECEIVED -> {
                unsettled.remove(receiver);
                receivers.add(receiver);
                changed(receiver, Stand.RECEIVED);
                usesUp(before);
            }
            case DECLINED -> {
                unsettled.remove(receiver);
                declined.add(new Recipient(receiver, Stand.DECLINED));
                changed(receiver, Stand.DECLINED);
                usesUp(before);
            }
            case STOPPED -> leaves(receiver, Stand.STOPPED);
        }
        endIfSettled();
    }

    /** Its session has ended since, and the looks of another run do not count as one. */
    @Override
    public void looksAgain(Person receiver, int number) {
        if (isUnder(number) && missed.contains(receiver) && unsettled.get(receiver) == Stand.TOLD) {
            leaves(receiver, Stand.GONE);
        }
    }

    /** A receiver that has left, so that its use was given back, has settled after all. */
    private void usesUp(Stand before) {
        if (before != Stand.TOLD && code != null) {
            code.usedAfterAll();
        }
    }

    /** Its use of the code is given back, as long as that is good. */
    private void leaves(Person receiver, Stand how) {
        if (unsettled.put(receiver, how) == Stand.TOLD) {
            OpenCode used = code;
            boolean wasOpen = used != null && used.isOpen();
            if (used != null && clock.monotonicMillis() < untilMillis && used.returned() && !wasOpen) {
                end = null;
                var unused = announce(used);
            }
            changed(receiver, how);
        }
    }

    private void changed(Person receiver, Stand stand) {
        events.accept(new SendEvent.Changed(new Recipient(receiver, stand)));
    }

    @Override
    public void ended(End how) {
        end = how;
        withdraw();
        uploads.sign();
        endIfSettled();
    }

    private void look() {
        if (stopped || result.isDone()) {
            return;
        }
        long now = clock.monotonicMillis();
        if (unsettled.containsValue(Stand.TOLD)) {
            Set<NodeId> there = swarm.statistics().sessions().stream()
                    .map(session -> Peers.node(session.peer()))
                    .collect(Collectors.toSet());
            for (Person receiver : List.copyOf(unsettled.keySet())) {
                if (there.contains(receiver.node())) {
                    seenMillis.put(receiver, now);
                    continue;
                }
                missed.add(receiver);
                if (now - seenMillis.getOrDefault(receiver, now) > GONE_MILLIS
                        && unsettled.get(receiver) == Stand.TOLD) {
                    leaves(receiver, Stand.GONE);
                }
            }
        }
        isSilent = now > untilMillis && quietMillis() > Uploads.QUIET_MILLIS;
        endIfSettled();
        work.scheduler().schedule(LOOK_MILLIS, this::look);
    }

    /** How long no receiver that has not settled has taken anything. */
    private long quietMillis() {
        return uploads.quietMillis(unsettled.keySet().stream().map(Person::node).collect(Collectors.toSet()));
    }

    /** Those that have left may still come back while they take something. */
    private void endIfSettled() {
        End how = end;
        if (how != null
                && (unsettled.isEmpty()
                        || isSilent
                        || !unsettled.containsValue(Stand.TOLD) && quietMillis() > GONE_MILLIS)) {
            end = null;
            List<Recipient> lacking = new ArrayList<>(declined);
            unsettled.forEach((receiver, stand) -> lacking.add(new Recipient(receiver, stand)));
            Sent sent = new Sent(seen(how), receivers, lacking);
            var unused = over().thenAccept(done -> result.complete(sent));
        }
    }

    private End seen(End how) {
        return how == End.GUESSED || !receivers.isEmpty() || declined.isEmpty() && unsettled.isEmpty()
                ? how
                : unsettled.isEmpty() ? End.DECLINED : End.SILENT;
    }

    /** Withdraws the code; receivers that have begun are cut off. */
    @Override
    public void stop() {
        if (!stopped) {
            var unused = over();
            result.completeExceptionally(new CancellationException("withdrawn"));
        }
    }

    private void withdraw() {
        if (expiry != null) {
            expiry.cancel();
        }
        if (code != null) {
            desk.close(code);
        }
        if (announcement != null) {
            announcement.close();
        }
    }

    private CompletableFuture<Void> over() {
        stopped = true;
        withdraw();
        desk.forget(this);
        return shares.release(shared);
    }
}
