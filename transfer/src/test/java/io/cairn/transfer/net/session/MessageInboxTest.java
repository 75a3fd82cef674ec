package io.cairn.transfer.net.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.net.admission.TransferLimits;
import io.cairn.transfer.protocol.PeerMessage;
import io.cairn.transfer.protocol.ProtocolLimits;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How much of a session waits between the network thread and the node's loop, however fast a peer sends. */
final class MessageInboxTest {
    private static final Key SHARE = Key.of(new byte[Key.LENGTH_BYTES]);
    private static final TransferLimits LIMITS = TransferLimits.DEFAULT;
    private static final PeerMessage SMALL = new PeerMessage.ManifestRequest(SHARE, 0);
    private static final PeerMessage LARGE = new PeerMessage.Have(SHARE, ChunkSet.none(ProtocolLimits.CHUNK_COUNT_MAX));

    private final StoppedLoop loop = new StoppedLoop();
    private final AtomicLong all = new AtomicLong();
    private int drained;

    @Test
    void answersThatTheNetworkThreadHasNotTakenStopTheReading() {
        MessageInbox inbox = inbox();
        for (int i = 0; i < LIMITS.waitingAnswersMax(); i++) {
            assertThat(inbox.isFull(() -> drained++)).isFalse();
            inbox.answering();
        }
        assertThat(inbox.isFull(() -> drained++)).isTrue();
        inbox.answered();
        assertThat(drained).isZero(); // not for each one
        for (int i = 1; i < LIMITS.waitingAnswersMax(); i++) {
            inbox.answered();
        }
        assertThat(drained).isEqualTo(1);
        assertThat(inbox.isFull(() -> drained++)).isFalse();
    }

    @Test
    void messagesCountByTheirWeight() {
        MessageInbox inbox = inbox();
        while (!inbox.isFull(() -> drained++)) {
            inbox.message(LARGE, null);
        }
        assertThat(all.get()).isBetween((long) LIMITS.waitingBytesMax(), LIMITS.waitingBytesMax() + 200_000L);
        loop.runAll();
        assertThat(drained).isEqualTo(1);
        assertThat(all.get()).isZero();
    }

    @Test
    void whereAllSessionsHoldTooMuchEachHasOneMessageWaiting() {
        all.set(LIMITS.allWaitingBytesMax());
        MessageInbox inbox = inbox();
        assertThat(inbox.isFull(() -> drained++)).isFalse();
        inbox.message(SMALL, null);
        assertThat(inbox.isFull(() -> drained++)).isTrue();
        loop.runAll();
        assertThat(drained).isEqualTo(1);
        assertThat(inbox.isFull(() -> drained++)).isFalse();
    }

    @Test
    void nobodyIsToldOfRoomThatWasNotMissed() {
        MessageInbox inbox = inbox();
        inbox.message(SMALL, null);
        assertThat(inbox.isFull(() -> drained++)).isFalse();
        loop.runAll();
        assertThat(drained).isZero();
    }

    @Test
    void listsOfNumbersWeighWhatTheyTakeInMemory() {
        List<Integer> numbers = Collections.nCopies(ProtocolLimits.CHUNKS_PER_MESSAGE_MAX, 1_000);
        int most = 10_000;
        assertThat(MessageWeight.of(new PeerMessage.Want(SHARE, numbers))).isGreaterThan(most);
        assertThat(MessageWeight.of(new PeerMessage.Reject(SHARE, numbers, PeerMessage.Reason.BUSY)))
                .isGreaterThan(most);
        assertThat(MessageWeight.of(new PeerMessage.ManifestPart(SHARE, 0, 70_000, new byte[70_000])))
                .isGreaterThan(70_000);
        assertThat(MessageWeight.of(LARGE)).isGreaterThan(ProtocolLimits.CHUNK_COUNT_MAX / Byte.SIZE);
    }

    private MessageInbox inbox() {
        return new MessageInbox(loop, LIMITS, all);
    }

    /** A loop that does nothing until it is told to. */
    private static final class StoppedLoop implements Scheduler {
        private final Deque<Runnable> tasks = new ArrayDeque<>();

        void runAll() {
            while (!tasks.isEmpty()) {
                tasks.removeFirst().run();
            }
        }

        @Override
        public void execute(Runnable task) {
            tasks.addLast(task);
        }

        @Override
        public Timer schedule(long delayMillis, Runnable task) {
            throw new UnsupportedOperationException("an inbox waits for no time");
        }

        @Override
        public <T extends @Nullable Object> void offload(
                Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
            throw new UnsupportedOperationException("an inbox has no work");
        }
    }
}
