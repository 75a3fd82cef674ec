package io.cairn.transfer.swarm.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.Content;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.swarm.fetch.FetchOutcome;
import io.cairn.transfer.swarm.fetch.SwarmFetch;
import io.cairn.transfer.swarm.port.Bench;
import io.cairn.transfer.swarm.port.MemoryContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ServedShareTest {
    private final Bench bench = new Bench(90, 4);
    private final MemoryContent whole = MemoryContent.whole(bench.manifest, bench.bytes);

    @Test
    void aReadThatIsBrokenOffSinceTheShareMovesIsDoneAgainWhereItIsThen() throws IOException {
        BrokenOff former = new BrokenOff();
        ServedShare share = new ServedShare(former);
        former.meanwhile = () -> share.movesTo(whole);
        ByteBuffer target = ByteBuffer.allocate(1_000);
        share.content().read(1, 500, target);
        assertThat(target.hasRemaining()).isFalse();
        assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(bench.bytes, Bench.CHUNK_BYTES + 500, 1_000));
    }

    @Test
    void aReadThatFailsWhereTheShareStaysFails() {
        ServedShare share = new ServedShare(new BrokenOff());
        assertThatThrownBy(() -> share.content().read(1, 0, ByteBuffer.allocate(1_000)))
                .isInstanceOf(IOException.class)
                .hasMessage("the content is closed");
    }

    @Test
    void aFetchThatIsStoppedLeavesAloneWhatIsSharedFromElsewhere() {
        Bench.Peer seed = bench.seed();
        seed.end.bytesPerMilli = 100;
        Bench.Peer both = bench.peer();
        bench.introduce(both, seed);
        SwarmFetch fetch = both.fetch();
        assertThat(bench.time.runUntil(() -> fetch.progress().chunkCount() > 0, 60_000))
                .isTrue();
        both.swarm.serve(whole);
        fetch.stop();
        both.outcome(FetchOutcome.Stopped.class);
        assertThat(both.swarm.stopServing(bench.share())).contains(whole);
    }

    /** Closes after the first half of a read. */
    private final class BrokenOff implements Content {
        private Runnable meanwhile = () -> {};

        @Override
        public Manifest manifest() {
            return bench.manifest;
        }

        @Override
        public ChunkSet have() {
            return whole.have();
        }

        @Override
        public void read(int chunk, int offset, ByteBuffer target) throws IOException {
            target.put(new byte[target.remaining() / 2]);
            meanwhile.run();
            throw new IOException("the content is closed");
        }

        @Override
        public void close() {}
    }
}
