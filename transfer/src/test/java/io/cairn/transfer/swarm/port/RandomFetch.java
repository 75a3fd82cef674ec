package io.cairn.transfer.swarm.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.transfer.swarm.fetch.FetchOutcome;
import io.cairn.transfer.swarm.fetch.FetchPlan;
import io.cairn.transfer.swarm.fetch.SwarmFetch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * One fetch in virtual time, of which the seed draws everything: the share, the providers and what they do, the network, the timeouts, and
 * what the user does. It must end once, as the faults allow, within its time, and leave nothing behind.
 */
final class RandomFetch {
    /** From the last byte, beyond the timeouts: a turn of the loop, work that is waited for, and a peer that has only lied. */
    private static final int SLACK_MILLIS = 2_000;

    /** Of a fetch whose bytes keep coming: the most bytes at the least rate, and cuts. */
    private static final int LONGEST_MILLIS = 1_200_000;

    /** Until idle sessions are closed and everybody is silent. */
    private static final int SETTLING_MILLIS = 400_000;

    private static final int CHUNK_BYTES = 16 * 1024;
    private static final int SCALE = 16;

    private enum Kind {
        HONEST,
        PART,
        LIAR,
        FALSE_MANIFEST,
        MUTE,
        SHARES_NOTHING,
        GONE,
        DEAD,
        UNREADABLE
    }

    private final Random random;
    private final Bench bench;
    private final Weather.Storm storm;
    private final FetchPlan.Patience patience;
    private final Bench.Peer fetcher;
    private final List<Bench.Peer> providers = new ArrayList<>();
    private final List<Bench.Peer> unharmed = new ArrayList<>();
    private final List<String> script = new ArrayList<>();
    private final boolean isSlow;
    private boolean lies;
    private boolean full;
    private boolean stopped;
    private boolean hindered;
    private MemoryContent target;
    private long startMillis;

    RandomFetch(long seed) {
        random = new Random(seed);
        bench = new Bench(
                random.nextLong(), 1 + random.nextInt(random.nextBoolean() ? 4 : 60), CHUNK_BYTES, Bench.scaled(SCALE));
        double loss = random.nextInt(3) > 0 ? 0 : random.nextDouble() * 0.3;
        int delayMillis = 1 + random.nextInt(random.nextBoolean() ? 5 : 200);
        storm = new Weather.Storm(bench.time, random, delayMillis, loss);
        bench.network.weather(storm);
        patience = new FetchPlan.Patience(1_000 * (1 + random.nextInt(20)), 1_000 * (2 + random.nextInt(39)));
        isSlow = loss > 0 || delayMillis > 100 || Math.min(patience.lookupMillis(), patience.stallMillis()) < 4_000;
        script.add("seed " + seed + ", " + bench.manifest.chunkCount() + " chunks, loss " + loss + ", delay "
                + delayMillis + ", " + patience);
        fetcher = bench.peer();
        fetcher.end.bytesPerMilli = rate();
        target = MemoryContent.empty(bench.manifest);
        for (int i = random.nextInt(6); i > 0; i--) {
            provider();
        }
    }

    private int rate() {
        return random.nextInt(4) == 0 ? 50 + random.nextInt(500) : 1_000 + random.nextInt(10_000);
    }

    private void provider() {
        Kind kind = random.nextBoolean() ? Kind.HONEST : Kind.values()[random.nextInt(Kind.values().length)];
        Bench.Peer peer = bench.peer();
        peer.end.bytesPerMilli = rate();
        script.add(bench.time.monotonicMillis() + ": " + peer.end.endpoint().port() + " is " + kind);
        switch (kind) {
            case HONEST -> peer.serve(MemoryContent.whole(bench.manifest, bench.bytes));
            case PART -> peer.serve(MemoryContent.part(bench.manifest, bench.bytes, someChunks()));
            case LIAR -> {
                peer.serve(MemoryContent.whole(bench.manifest, bench.bytes));
                lie(peer);
            }
            case FALSE_MANIFEST -> {
                lies = true;
                peer.end.accept(connection -> connection.receive(new FalseManifest(connection, bench.manifest)));
            }
            case MUTE -> peer.end.accept(connection -> connection.receive(new Mute()));
            case SHARES_NOTHING -> {}
            case GONE -> peer.swarm.close();
            case DEAD -> peer.end.vanish();
            case UNREADABLE -> {
                peer.serve(MemoryContent.whole(bench.manifest, bench.bytes));
                peer.content().failReading(new IOException("Input/output error"));
            }
        }
        providers.add(peer);
        if (kind == Kind.HONEST) {
            unharmed.add(peer);
        }
        bench.introduce(fetcher, peer);
    }

    private BitSet someChunks() {
        BitSet some = new BitSet();
        for (int chunk = 0; chunk < bench.manifest.chunkCount(); chunk++) {
            some.set(chunk, random.nextBoolean());
        }
        return some;
    }

    private void lie(Bench.Peer peer) {
        lies = true;
        int from = random.nextInt(bench.manifest.chunkCount());
        peer.content().lieAbout(chunk -> chunk >= from);
    }

    /** Runs it to its end, and returns what it was. */
    Result run() {
        try {
            boolean certain = !unharmed.isEmpty();
            FetchOutcome outcome = fetch(random.nextInt(5) == 0);
            certain &= !unharmed.isEmpty() && !hindered && !isSlow;
            long tookMillis = bench.time.monotonicMillis() - startMillis;
            check(outcome, certain);
            settle();
            fetchAgain(outcome);
            return new Result(outcome.getClass().getSimpleName(), tookMillis);
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError(String.join("\n", script) + "\n" + fetcher.listener.events, failure);
        }
    }

    private FetchOutcome fetch(boolean quiet) {
        startMillis = bench.time.monotonicMillis();
        fetcher.end.receivedAtMillis = startMillis;
        SwarmFetch fetch =
                fetcher.fetchInto(target, new FetchPlan(FetchPlan.WHOLE.wanted(), random.nextBoolean(), patience));
        for (int i = quiet ? 0 : random.nextInt(6); i > 0; i--) {
            bench.time.schedule(random.nextInt(random.nextBoolean() ? 1_000 : 20_000), () -> happen(fetch));
        }
        while (!fetch.end().isDone()) {
            long boundMillis = Math.max(startMillis, fetcher.end.receivedAtMillis) + patienceMillis() + SLACK_MILLIS;
            long now = bench.time.monotonicMillis();
            assertThat(now).as("ends within its time after the last byte").isLessThanOrEqualTo(boundMillis);
            assertThat(now - startMillis).as("ends").isLessThan(LONGEST_MILLIS);
            bench.time.runUntil(() -> fetch.end().isDone(), 500);
        }
        FetchOutcome outcome = fetcher.listener.outcome;
        assertThat(outcome).isNotNull().isSameAs(fetch.end().join());
        return outcome;
    }

    private long patienceMillis() {
        return Math.max(patience.lookupMillis(), patience.stallMillis());
    }

    /** Something happens to the network, to a provider, to this node, or the user does something. */
    private void happen(SwarmFetch fetch) {
        if (fetch.end().isDone()) {
            return;
        }
        int what = random.nextInt(12);
        Bench.Peer peer = providers.isEmpty() ? fetcher : providers.get(random.nextInt(providers.size()));
        script.add(bench.time.monotonicMillis() + ": event " + what + " at "
                + peer.end.endpoint().port());
        if (peer == fetcher && what < 7) {
            provider();
            return;
        }
        switch (what) {
            case 0 -> peer.end.vanish();
            case 1 -> peer.swarm.close();
            case 2 ->
                storm.cut(peer.end.endpoint(), random.nextInt(3) == 0 ? Weather.NEVER : 1 + random.nextInt(20_000));
            case 3 -> peer.swarm.stopServing(bench.share());
            case 4 -> with(peer, MemoryContent::change);
            case 5 -> with(peer, content -> lie(peer));
            case 6 -> with(peer, content -> content.failReading(new IOException("Input/output error")));
            case 7, 8 -> provider();
            case 9 -> {
                hindered = true;
                storm.cut(fetcher.end.endpoint(), random.nextInt(3) == 0 ? Weather.NEVER : 1 + random.nextInt(20_000));
            }
            case 10 -> bench.time.refuse(1 + random.nextInt(5));
            default -> {
                if (random.nextInt(3) == 0) {
                    full = true;
                    target.fill();
                } else {
                    stopped = true;
                    fetch.stop();
                }
            }
        }
        if (what < 7) {
            unharmed.remove(peer);
        }
    }

    private static void with(Bench.Peer peer, Consumer<MemoryContent> change) {
        if (peer.content != null) {
            change.accept(peer.content);
        }
    }

    private void check(FetchOutcome outcome, boolean certain) {
        if (outcome instanceof FetchOutcome.Completed) {
            assertThat(target.bytes()).isEqualTo(bench.bytes);
        } else if (outcome instanceof FetchOutcome.NoProvider none) {
            assertThat(bench.time.monotonicMillis() - startMillis).isGreaterThanOrEqualTo(patience.lookupMillis());
            assertThat(target.have().size()).as("what came").isZero();
            assertThat(none.search()).as("the cause").isNotNull();
            assertSaid(none.peers());
        } else if (outcome instanceof FetchOutcome.Stalled stalled) {
            assertThat(stalled.quietMillis()).isGreaterThanOrEqualTo(patience.stallMillis());
            assertThat(stalled.chunks()).isEqualTo(target.have().size());
            assertThat(stalled.connected() > 0 || !stalled.peers().isEmpty())
                    .as("a cause")
                    .isTrue();
            assertSaid(stalled.peers());
        } else if (outcome instanceof FetchOutcome.Corrupt corrupt) {
            assertThat(lies).as("somebody lied").isTrue();
            assertThat(corrupt.liars()).isNotEmpty();
            assertSaid(corrupt.liars());
        } else if (outcome instanceof FetchOutcome.StorageFailed) {
            assertThat(full).as("the disk is full").isTrue();
        } else {
            assertThat(outcome).isInstanceOf(FetchOutcome.Stopped.class);
            assertThat(stopped).as("it was stopped").isTrue();
        }
        if (certain && !full && !stopped) {
            assertThat(outcome)
                    .as("an honest provider was there all the time")
                    .isInstanceOf(FetchOutcome.Completed.class);
        }
    }

    private static void assertSaid(List<FetchOutcome.PeerTrouble> troubles) {
        assertThat(troubles).allMatch(trouble -> !trouble.reason().isBlank());
    }

    /** Nobody does anything any more; then no session, timer, work or lent memory is left. */
    private void settle() {
        int events = fetcher.listener.events.size();
        bench.time.run(SETTLING_MILLIS);
        assertThat(fetcher.listener.events).as("nothing is said after the end").hasSize(events);
        assertThat(fetcher.swarm.fetches()).isEmpty();
        assertThat(fetcher.swarm.statistics().sessions()).as("sessions").isEmpty();
        assertThat(fetcher.end.chunksLent).as("memory of blocks").isZero();
        assertThat(bench.time.waiting()).as("timers and work").isZero();
    }

    /** The same fetch again, with an honest provider and a new network, brings the bytes: nothing stands in its way. */
    private void fetchAgain(FetchOutcome before) {
        if (before instanceof FetchOutcome.Completed) {
            return;
        }
        bench.network.weather(Weather.CALM);
        fetcher.listener.outcome = null;
        MemoryContent rest =
                MemoryContent.part(bench.manifest, target.bytes(), target.have().toBitSet());
        Bench.Peer seed = bench.seed();
        SwarmFetch again = fetcher.fetchInto(rest, FetchPlan.WHOLE, seed.end.endpoint());
        bench.time.runUntil(() -> again.end().isDone(), LONGEST_MILLIS);
        assertThat(fetcher.listener.outcome).as("the same again").isInstanceOf(FetchOutcome.Completed.class);
        assertThat(rest.bytes()).isEqualTo(bench.bytes);
        assertThat(fetcher.end.chunksLent).isZero();
    }

    /** How it ended and what it took. */
    record Result(String outcome, long millis) {}

    /** Answers nothing. */
    private static final class Mute extends Said.Ear {
        @Override
        protected void said(Said what) {}
    }
}
