package io.cairn.app.codes;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Codes.Met;
import io.cairn.app.Codes.Settlement;
import io.cairn.app.Contacts;
import io.cairn.app.Node.Notice;
import io.cairn.app.fetch.AppLoop;
import io.cairn.app.people.AddressBook;
import io.cairn.app.work.Work;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.protocol.code.CodeCodec;
import io.cairn.transfer.protocol.code.CodeStep.Receipt;
import io.cairn.transfer.protocol.code.Offering;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.swarm.port.PeerId;
import io.cairn.transfer.swarm.talk.Answerer.Asker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sender that sleeps hears later what became of its gift, and its gift does not come back. In virtual time. */
class SendersHearWhatIsSettledTest {
    private static final int DAY_MILLIS = 24 * 3_600_000;
    private static final Endpoint SOMEWHERE = Endpoint.parse("192.0.2.7:4747");

    @TempDir
    Path folder;

    private final Random random = new Random(20_261_130);
    private final NodeId bob = NodeId.random(random);
    private final AppLoop loop = new AppLoop();
    private final List<Receipt> told = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();
    private boolean isAwake = true;
    private int attempts;
    private StateDatabase state;
    private Reception reception;

    @BeforeEach
    void open() throws Exception {
        state = StateDatabase.open(folder.resolve("cairn.db"));
        reception = started();
    }

    @AfterEach
    void close() throws Exception {
        state.close();
    }

    private Reception started() throws Exception {
        Work work = new Work(loop, () -> true);
        AddressBook book = new AddressBook(work, NodeId.random(random), state.contacts());
        Receipts receipts = new Receipts(work, loop, this::tell, state.settings(), List::of);
        Reception fresh = new Reception(book, () -> drawn(random.nextInt(256)), receipts, notices::add);
        CompletableFuture<?> restored = CompletableFuture.allOf(book.restore(), fresh.restore());
        loop.settle();
        restored.get();
        CompletableFuture<?> added = book.put(new Contacts.Person("bob", bob, 0));
        loop.settle();
        added.get();
        return fresh;
    }

    private CompletableFuture<?> tell(NodeId sender, List<Endpoint> endpoints, byte[] ticket, Receipt receipt) {
        attempts++;
        if (!isAwake) {
            return CompletableFuture.failedFuture(new IllegalStateException("it sleeps"));
        }
        assertThat(sender).isEqualTo(bob);
        told.add(receipt);
        return CompletableFuture.completedFuture(null);
    }

    private static byte[] drawn(int number) {
        byte[] ticket = new byte[Offering.TICKET_BYTES];
        ticket[0] = (byte) number;
        return ticket;
    }

    private void give(int number) {
        Offering offering = new Offering(
                drawn(number),
                "bob@desk",
                List.of(new Offering.Item(Key.ofContent(new byte[] {1}), null, "film.mkv", 10, 1)),
                null);
        var answer = reception.given(new Asker(PeerId.of(bob), SOMEWHERE), CodeCodec.encode(offering));
        loop.settle();
        assertThat(answer.toCompletableFuture()).isCompletedWithValueMatching(body -> body != null);
    }

    private void settle(Settlement settlement) {
        Met gift = reception.gifts().get(0);
        CompletableFuture<Void> settled = reception.settle(gift.ticket(), settlement);
        loop.settle();
        assertThat(settled).isCompleted();
    }

    @ParameterizedTest
    @EnumSource(names = {"RECEIVED", "DECLINED"})
    void aSenderThatSleepsIsToldWhenItIsBack(Settlement settlement) {
        give(1);
        isAwake = false;
        settle(settlement);
        loop.run(DAY_MILLIS / 2);
        isAwake = true;
        loop.run(Settlements.AGAIN_MILLIS_MAX + 2_000);
        assertThat(told).containsExactly(Receipt.valueOf(settlement.name()));
        loop.run(DAY_MILLIS);
        assertThat(told).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"RECEIVED", "DECLINED"})
    void aSettledGiftThatIsToldAgainIsAnsweredAndDoesNotArriveAgain(Settlement settlement) {
        give(1);
        assertThat(notices).hasSize(1);
        isAwake = false;
        settle(settlement);
        isAwake = true;
        give(1);
        assertThat(told).containsExactly(Receipt.valueOf(settlement.name()));
        assertThat(reception.gifts()).isEmpty();
        assertThat(notices).hasSize(1);
        give(1); // it says it again although it was told
        assertThat(told).hasSize(2);
        give(2);
        assertThat(notices).hasSize(2);
    }

    @Test
    void theNextRunTellsIt() throws Exception {
        give(1);
        isAwake = false;
        settle(Settlement.DECLINED);
        isAwake = true;
        told.clear();
        reception = started();
        loop.run(2_000);
        assertThat(told).containsExactly(Receipt.DECLINED);
        give(1);
        assertThat(reception.gifts()).isEmpty();
    }

    @Test
    void theAttemptsBecomeRareAndEndWithTheDay() {
        give(1);
        isAwake = false;
        settle(Settlement.RECEIVED);
        loop.run(DAY_MILLIS);
        assertThat(attempts).isBetween(100, DAY_MILLIS / (int) Settlements.AGAIN_MILLIS_MAX + 20);
        loop.run(2_000);
        int before = attempts;
        loop.run(DAY_MILLIS);
        assertThat(attempts).isEqualTo(before);
        give(1);
        assertThat(reception.gifts()).hasSize(1);
    }

    @Test
    void whatIsWithdrawnIsNotToldAnyMore() {
        give(1);
        isAwake = false;
        settle(Settlement.RECEIVED);
        assertThat(reception.withdrawn(bob, drawn(1))).isFalse();
        int before = attempts;
        loop.run(DAY_MILLIS);
        assertThat(attempts).isEqualTo(before);
    }

    @Test
    void theOldestIsForgotten() {
        Settlements settlements = new Settlements(loop, this::tell, () -> {});
        for (int number = 0; number <= Settlements.KEPT_MAX; number++) {
            assertThat(settlements.settle(bob, List.of(SOMEWHERE), drawn(number), Receipt.RECEIVED))
                    .isCompleted();
        }
        assertThat(settlements.again(bob, drawn(0), SOMEWHERE)).isFalse();
        assertThat(settlements.again(bob, drawn(1), SOMEWHERE)).isTrue();
        Settlements read = new Settlements(loop, this::tell, () -> {});
        read.restore(settlements.text());
        assertThat(read.text()).isEqualTo(settlements.text());
        assertThat(read.isOpen()).isFalse();
    }
}
