package io.cairn.app.codes;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.CairnException.Kind;
import io.cairn.app.Codes.End;
import io.cairn.app.Codes.Met;
import io.cairn.app.Codes.SendEvent;
import io.cairn.app.Codes.Sent;
import io.cairn.app.Codes.Settlement;
import io.cairn.app.Codes.Stand;
import io.cairn.app.FetchOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A receiver that does not take everything at once gives its use of the code back. */
class ReceiversStopAndGoOnTest extends TwoNodesAndACode {
    private Met meet(Sending sending) throws Exception {
        Met met = get(receiver.codes().meet(sending.code()));
        assertThat(sending.next()).isInstanceOf(SendEvent.Taken.class);
        return met;
    }

    private void fetch(Met met) throws Exception {
        Path copy = folder.resolve("copy.mkv");
        get(receiver.fetch(FetchOptions.to(met.items().get(0).target(), copy).build())
                .completion());
        assertThat(copy).hasSameBinaryContentAs(film);
    }

    private static Stand stand(Sending sending) throws InterruptedException {
        return ((SendEvent.Changed) sending.next()).recipient().stand();
    }

    @Test
    void theCodeIsGoodAgainAndIsUsedUpBySuccess() throws Exception {
        Sending sending = send(List.of(film), null, 600, 1);
        Met first = meet(sending);
        assertThat(kind(receiver.codes().meet(sending.code()))).isEqualTo(Kind.NO_PROVIDER);
        get(receiver.codes().settle(first.ticket(), Settlement.STOPPED));
        assertThat(stand(sending)).isEqualTo(Stand.STOPPED);
        Met second = meet(sending);
        assertThat(second.items()).hasSize(1);
        fetch(second);
        get(receiver.codes().settle(second.ticket(), Settlement.RECEIVED));
        Sent sent = get(sending.operation().completion());
        assertThat(sent.end()).isEqualTo(End.USED);
        assertThat(sent.receivers()).hasSize(1);
        assertThat(sent.lacking()).isEmpty();
        assertThat(sender.shares()).isEmpty();
    }

    @Test
    void whoGoesOnWithoutTheCodeHasItToo() throws Exception {
        Sending sending = send(List.of(film), null, 600, 1);
        Met met = meet(sending);
        get(receiver.codes().settle(met.ticket(), Settlement.TAKING));
        get(receiver.codes().settle(met.ticket(), Settlement.STOPPED));
        assertThat(stand(sending)).isEqualTo(Stand.STOPPED);
        fetch(met);
        Sent sent = get(sending.operation().completion());
        assertThat(sent.end()).isEqualTo(End.USED);
        assertThat(sent.receivers()).hasSize(1);
    }

    @Test
    void whoDeclinesAfterItWasGivenUpHasUsedTheCode() throws Exception {
        Sending sending = send(List.of(film), null, 600, 1);
        Met met = meet(sending);
        get(receiver.codes().settle(met.ticket(), Settlement.STOPPED)); // as one that is gone
        assertThat(stand(sending)).isEqualTo(Stand.STOPPED);
        get(receiver.codes().settle(met.ticket(), Settlement.DECLINED));
        assertThat(stand(sending)).isEqualTo(Stand.DECLINED);
        assertThat(get(sending.operation().completion()).end()).isEqualTo(End.DECLINED);
        assertThat(kind(receiver.codes().meet(sending.code()))).isEqualTo(Kind.NO_PROVIDER);
    }

    @Test
    void theNextRunSaysThatItHasWhatAKilledOneWasTaking() throws Exception {
        Sending sending = send(List.of(film), null, 600, 1);
        Met met = meet(sending);
        get(receiver.codes().settle(met.ticket(), Settlement.TAKING));
        receiver.close();
        receiver = start("receiver", sender);
        fetch(met);
        assertThat(get(sending.operation().completion()).receivers()).hasSize(1);
    }

    @Test
    void whoIsGoneIsNotWaitedFor() throws Exception {
        Sending sending = send(List.of(film), null, 600, 1);
        meet(sending);
        receiver.close();
        assertThat(stand(sending)).isEqualTo(Stand.GONE);
        receiver = start("receiver", sender);
        Met again = meet(sending);
        get(receiver.codes().settle(again.ticket(), Settlement.DECLINED));
        assertThat(stand(sending)).isEqualTo(Stand.DECLINED);
        assertThat(get(sending.operation().completion()).end()).isEqualTo(End.DECLINED);
    }

    @Test
    void theNextRunOfOneThatWasKilledMeetsAgainAlthoughItKeepsLooking() throws Exception {
        Sending sending = send(List.of(film), null, 600, 1);
        meet(sending);
        boolean isMet = false;
        for (int run = 0; run < 10 && !isMet; run++) { // the gap between two runs may be too short to be seen
            receiver.close();
            receiver = start("receiver", sender);
            isMet = kind(receiver.codes().meet(sending.code())) == null;
        }
        assertThat(isMet).isTrue();
        assertThat(stand(sending)).isEqualTo(Stand.GONE);
        assertThat(sending.next()).isInstanceOf(SendEvent.Taken.class);
    }

    @Test
    void aMeetingThatNobodyWaitsForGivesTheCodeBack() throws Exception {
        Sending sending = send(List.of(film), null, 600, 1);
        CompletableFuture<Met> meeting = receiver.codes().meet(sending.code());
        meeting.cancel(true);
        assertThat(sending.next()).isInstanceOf(SendEvent.Taken.class);
        assertThat(stand(sending)).isEqualTo(Stand.STOPPED);
        fetch(meet(sending));
    }

    @Test
    void whoStopsAndDoesNotComeAgainHasNothing() throws Exception {
        Sending sending = send(List.of(film), null, 3, 1);
        Met met = meet(sending);
        get(receiver.codes().settle(met.ticket(), Settlement.STOPPED));
        assertThat(stand(sending)).isEqualTo(Stand.STOPPED);
        Sent sent = get(sending.operation().completion());
        assertThat(sent.end()).isEqualTo(End.SILENT);
        assertThat(sent.receivers()).isEmpty();
        assertThat(sent.lacking())
                .singleElement()
                .satisfies(one -> assertThat(one.stand()).isEqualTo(Stand.STOPPED));
    }
}
