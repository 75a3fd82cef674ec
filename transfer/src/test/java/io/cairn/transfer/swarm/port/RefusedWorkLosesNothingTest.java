package io.cairn.transfer.swarm.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.transfer.content.hashing.OutOfDescriptorsException;
import io.cairn.transfer.swarm.fetch.FetchOutcome;
import io.cairn.transfer.swarm.fetch.SwarmFetch;
import io.cairn.transfer.swarm.peer.ReadFailure;
import io.cairn.transfer.swarm.peer.ServedShare;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fetch whose work is sometimes refused because the workers' queue is full. */
final class RefusedWorkLosesNothingTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 60})
    void aChunkThatNoWorkerTookIsAskedForAgainAndItsMemoryGivenBack(int refusals) {
        Bench bench = new Bench(31, 80);
        Bench.Peer seed = bench.seed();
        Bench.Peer fetcher = bench.peer();
        fetcher.fetch(seed.end.endpoint());
        assertThat(bench.time.runUntil(() -> fetcher.listener.events.contains("manifest"), 10_000))
                .isTrue();
        bench.time.refuse(refusals);

        FetchOutcome.Completed completed = fetcher.outcome(FetchOutcome.Completed.class);

        assertThat(fetcher.content().bytes()).isEqualTo(bench.bytes);
        assertThat(completed.badChunks()).isZero();
        assertThat(fetcher.listener.badChunks).as("nobody has lied").isEmpty();
        assertThat(fetcher.end.chunksLent).as("chunks in memory").isZero();
    }

    @Test
    void aFetchThatIsStoppedWhileChunksAreRefusedEnds() {
        Bench bench = new Bench(32, 80);
        Bench.Peer seed = bench.seed();
        Bench.Peer fetcher = bench.peer();
        SwarmFetch fetch = fetcher.fetch(seed.end.endpoint());
        assertThat(bench.time.runUntil(() -> fetcher.end.chunksLent > 0, 10_000))
                .isTrue();
        bench.time.refuse(1_000);
        assertThat(bench.time.runUntil(() -> fetcher.end.chunksLent > 0, 10_000))
                .isTrue();
        fetch.stop();
        fetcher.outcome(FetchOutcome.Stopped.class);
        bench.time.run(1_000);
        assertThat(fetcher.end.chunksLent).as("chunks in memory").isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40})
    void aManifestThatNoWorkerTookIsNotCalledInvalid(int refusals) {
        Bench bench = new Bench(33, 6);
        Bench.Peer seed = bench.seed();
        Bench.Peer fetcher = bench.peer();
        bench.time.refuse(refusals);
        fetcher.fetch(seed.end.endpoint());
        fetcher.outcome(FetchOutcome.Completed.class);
        assertThat(fetcher.content().bytes()).isEqualTo(bench.bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40})
    void aTargetThatNoWorkerOpenedIsNotAFailureOfTheDisk(int refusals) {
        Bench bench = new Bench(34, 6);
        Bench.Peer seed = bench.seed();
        Bench.Peer fetcher = bench.peer();
        bench.manifestRead = () -> bench.time.refuse(refusals);
        fetcher.fetch(seed.end.endpoint());
        fetcher.outcome(FetchOutcome.Completed.class);
        assertThat(fetcher.content().bytes()).isEqualTo(bench.bytes);
    }

    @Test
    void whoAsksWhereChunksAreIsAnsweredAllTheSame() {
        Bench bench = new Bench(35, 3);
        ServedShare share = new ServedShare(MemoryContent.whole(bench.manifest, bench.bytes));
        Bench.Peer asker = bench.peer();
        Bench.Peer holder = bench.peer();
        List<Said> heard = new ArrayList<>();
        holder.swarm.serve(share.source());
        asker.end.dial(holder.end.endpoint(), null, new PeerConnections.DialListener() {
            @Override
            public void connected(PeerConnection connection) {
                connection.receive(new Said.Ear() {
                    @Override
                    protected void said(Said what) {
                        heard.add(what);
                    }

                    @Override
                    public void closed(String reason) {
                        throw new AssertionError(reason);
                    }
                });
                connection.locate(List.of(bench.manifest.chunkKey(1)));
            }

            @Override
            public void failed(DialFailure failure) {
                throw new AssertionError(failure.toString());
            }
        });
        bench.time.refuse(5);
        bench.time.run(2_000);
        assertThat(heard)
                .contains(new Said.Located(List.of(
                        new ChunkPlace(bench.manifest.chunkKey(1), bench.share(), 1, bench.manifest.chunkLength(1)))));
    }

    @Test
    void aSeedWithoutDescriptorsIsWaitedForAndTellsItsOwner() {
        Bench bench = new Bench(36, 40);
        Bench.Peer seed = bench.seed();
        Bench.Peer fetcher = bench.peer();
        seed.content().failReading(new OutOfDescriptorsException("f", 256));
        fetcher.fetch(seed.end.endpoint());
        bench.time.run(5_000);
        assertThat(seed.unreadable).isNotEmpty().allMatch(failure -> failure instanceof OutOfDescriptorsException);
        assertThat(fetcher.listener.outcome).as("it waits").isNull();
        seed.content().failReading(null);
        bench.time.run(2_000);
        assertThat(fetcher.listener.outcome).isInstanceOf(FetchOutcome.Completed.class);
        assertThat(fetcher.content().bytes()).isEqualTo(bench.bytes);
    }

    @Test
    void aChunkThatTheDiskDoesNotGiveIsToldToItsOwnerAndTakenFromAnother() {
        Bench bench = new Bench(37, 40);
        Bench.Peer broken = bench.seed();
        Bench.Peer seed = bench.seed();
        Bench.Peer fetcher = bench.peer();
        bench.introduce(fetcher, broken, seed);
        broken.content().failReading(new IOException("Input/output error"));
        fetcher.fetch();
        fetcher.outcome(FetchOutcome.Completed.class);
        assertThat(broken.unreadable).isNotEmpty();
        assertThat(broken.changes).isEmpty();
    }

    @Test
    void onlyWhatPassesByItselfIsAnsweredBusy() {
        assertThat(ReadFailure.reason(new RejectedExecutionException("full"))).isEqualTo(RefusalReason.BUSY);
        assertThat(ReadFailure.reason(new OutOfDescriptorsException("f", 256))).isEqualTo(RefusalReason.BUSY);
        assertThat(ReadFailure.reason(new IOException("Input/output error"))).isEqualTo(RefusalReason.NOT_HAD);
    }
}
