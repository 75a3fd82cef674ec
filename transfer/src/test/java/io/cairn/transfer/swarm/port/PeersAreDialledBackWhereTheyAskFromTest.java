package io.cairn.transfer.swarm.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.DialBackTurns;
import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.swarm.peer.DialBacks;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whether a peer can be reached by TCP is told by another, which dials nobody but that peer, and not often. */
final class PeersAreDialledBackWhereTheyAskFromTest {
    private final Bench bench = new Bench(61, 1);
    private final Bench.Peer helper = bench.peer();

    @Test
    void aPeerThatListensIsReached() {
        Bench.Peer asker = bench.peer();
        assertThat(asks(asker)).isEqualTo(new DialBacks.Report(helper.end.endpoint(), DialBackEnd.CONNECTED, null));
    }

    @Test
    void aPeerBehindAFilterLearnsThatNothingAnswersThere() {
        Client asker = new Client(bench, helper);
        bench.network.silence(asker.connection.remote().address()); // for new connections; its session goes on
        asker.connection.askDialBack();
        bench.time.run(5_000);
        assertThat(asker.messages).containsExactly(new Said.DialledBack(DialBackEnd.TIMED_OUT));
    }

    @Test
    void whoAsksAgainAtOnceIsDeclinedWhateverItsIdentity() {
        Client first = new Client(bench, helper);
        Client second = new Client(bench, helper);
        int before = dials(first);
        for (int i = 0; i < 20; i++) {
            first.connection.askDialBack();
            second.connection.askDialBack();
        }
        bench.time.run(5_000);
        assertThat(first.messages).hasSize(20).contains(new Said.DialledBack(DialBackEnd.DECLINED));
        assertThat(second.messages).hasSize(20).contains(new Said.DialledBack(DialBackEnd.DECLINED));
        assertThat(dials(first) - before).as("both are at one address").isEqualTo(1);
        bench.time.run(DialBackTurns.PAUSE_MILLIS);
        first.messages.clear();
        first.connection.askDialBack();
        bench.time.run(5_000);
        assertThat(first.messages).containsExactly(new Said.DialledBack(DialBackEnd.CONNECTED));
    }

    @Test
    void aHelperThatCannotBeReachedOrSaysNothingIsNoAnswer() {
        Bench.Peer asker = bench.peer();
        Endpoint nowhere = Endpoint.parse("10.0.0.9:9");
        DialBacks.Report unreachable = awaited(asker.swarm.dialBack(id(helper), nowhere));
        assertThat(unreachable.end()).isNull();
        assertThat(Objects.requireNonNull(unreachable.noSession()).kind()).isEqualTo(DialFailure.Kind.REFUSED);

        Bench.Peer mute = bench.peer();
        mute.end.accept(connection -> connection.receive(new Mute()));
        assertThat(awaited(asker.swarm.dialBack(id(mute), mute.end.endpoint())))
                .isEqualTo(new DialBacks.Report(mute.end.endpoint(), null, null));
    }

    @Test
    void aSessionThatEndsEndsTheWait() {
        Bench.Peer asker = bench.peer();
        Bench.Peer leaving = bench.peer();
        leaving.end.accept(connection -> {
            connection.receive(new Mute());
            connection.close();
        });
        CompletableFuture<DialBacks.Report> report = asker.swarm.dialBack(id(leaving), leaving.end.endpoint());
        bench.time.run(100);
        assertThat(report).isCompletedWithValue(new DialBacks.Report(leaving.end.endpoint(), null, null));
    }

    @Test
    void anAnswerThatNobodyAskedForIsIgnored() {
        Client stranger = new Client(bench, helper);
        stranger.connection.tellDialBack(DialBackEnd.CONNECTED);
        bench.time.run(100);
        assertThat(stranger.closed).isFalse();
        assertThat(stranger.messages).isEmpty();
    }

    private DialBacks.Report asks(Bench.Peer asker) {
        return awaited(asker.swarm.dialBack(id(helper), helper.end.endpoint()));
    }

    private DialBacks.Report awaited(CompletableFuture<DialBacks.Report> report) {
        assertThat(bench.time.runUntil(report::isDone, 10_000)).isTrue();
        return report.join();
    }

    private int dials(Client at) {
        return List.copyOf(bench.network.dialsOf(at.connection.remote().address()))
                .size();
    }

    private static PeerId id(Bench.Peer peer) {
        return PeerId.of(peer.identity.nodeId());
    }

    private static final class Mute extends Said.Ear {
        @Override
        protected void said(Said what) {}
    }
}
