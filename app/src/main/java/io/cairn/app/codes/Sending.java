package io.cairn.app.codes;

import io.cairn.app.Codes.End;
import io.cairn.app.Codes.Person;
import io.cairn.app.Codes.Send;
import io.cairn.app.Codes.SendEvent;
import io.cairn.app.Codes.Sent;
import io.cairn.app.Offers.Offer;
import io.cairn.app.work.Work;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.transfer.protocol.code.Offering;
import io.cairn.transfer.swarm.Swarm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One send under a code: shares, opens the code, and when the code has ended waits for its receivers before it ends the shares. On the loop.
 */
final class Sending implements OpenCode.Holder {
    /** How long a receiver that has not settled may take nothing before it is given up; never before the code would have expired. */
    static final long QUIET_MILLIS = 120_000;

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
    private final CompletableFuture<Sent> result = new CompletableFuture<>();
    private final List<Person> receivers = new ArrayList<>(); // who has it
    private final List<Person> unsettled = new ArrayList<>();
    private long untilMillis;
    private boolean isSilent;
    private boolean isDeclined;
    private final SentShares.Shared shared = new SentShares.Shared();
    private @Nullable OpenCode code;
    private @Nullable CodeAnnouncement announcement;
    private Scheduler.@Nullable Timer expiry;
    private @Nullable End end;
    private long uploaded;
    private long signMillis;
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

    private SpokenCode open(SentShares.Shared all, SpokenCode spoken) {
        if (stopped) {
            throw new CancellationException("withdrawn");
        }
        OpenCode opened = new OpenCode(spoken, what.times(), this);
        code = opened;
        desk.open(opened);
        untilMillis = clock.monotonicMillis() + what.seconds() * 1_000L;
        long expiresMillis = clock.wallMillis() + what.seconds() * 1_000L;
        expiry = work.scheduler().schedule(what.seconds() * 1_000L, () -> opened.end(End.EXPIRED));
        CodeAnnouncement begun = announcements.apply(spoken.number());
        announcement = begun;
        CompletableFuture<Void> ready = begun.start();
        work.scheduler().schedule(PLACED_MILLIS, () -> ready.complete(null));
        var unused = ready.thenAccept(placed -> {
            if (!stopped) {
                events.accept(new SendEvent.Ready(spoken.text(), expiresMillis));
            }
        });
        return spoken;
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
        (offering.items().isEmpty() ? receivers : unsettled).add(receiver);
        signMillis = clock.monotonicMillis();
        events.accept(new SendEvent.Taken(receiver));
    }

    @Override
    public void settled(Person receiver, boolean received) {
        if (unsettled.remove(receiver)) {
            if (received) {
                receivers.add(receiver);
            } else {
                isDeclined = true;
            }
        }
        if (code != null && !code.isOpen()) {
            endIfSettled();
        }
    }

    @Override
    public void ended(End how) {
        end = how;
        withdraw();
        signMillis = Math.max(signMillis, clock.monotonicMillis());
        look();
    }

    private void look() {
        if (result.isDone()) {
            return;
        }
        long now = clock.monotonicMillis();
        long bytes = shared.items().stream()
                .mapToLong(item -> swarm.uploadedBytes(item.share()))
                .sum();
        if (bytes != uploaded) {
            uploaded = bytes;
            signMillis = now;
        }
        if (now > untilMillis && now - signMillis > QUIET_MILLIS && !unsettled.isEmpty()) {
            isSilent = true;
            unsettled.clear();
        }
        endIfSettled();
        if (!result.isDone()) {
            work.scheduler().schedule(LOOK_MILLIS, this::look);
        }
    }

    private void endIfSettled() {
        End how = end;
        if (how != null && unsettled.isEmpty()) {
            end = null;
            Sent sent = new Sent(seen(how), receivers);
            var unused = over().thenAccept(done -> result.complete(sent));
        }
    }

    private End seen(End how) {
        return how == End.GUESSED || !receivers.isEmpty() || !(isSilent || isDeclined)
                ? how
                : isSilent ? End.SILENT : End.DECLINED;
    }

    /** Withdraws the code; receivers that have begun are cut off. */
    void stop() {
        if (!stopped) {
            stopped = true;
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
        return shares.release(shared);
    }
}
