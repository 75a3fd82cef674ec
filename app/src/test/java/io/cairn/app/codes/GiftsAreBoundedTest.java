package io.cairn.app.codes;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Codes.Met;
import io.cairn.app.Codes.Person;
import io.cairn.dht.id.NodeId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GiftsAreBoundedTest {
    private final Random random = new Random(1);
    private final Meetings meetings = new Meetings();
    private int count;

    @Test
    void oneContactHasRoomForAFew() {
        NodeId other = NodeId.random(random);
        give(other);
        NodeId sender = NodeId.random(random);
        for (int i = 0; i < Meetings.GIFTS_OF_ONE_MAX + 3; i++) {
            give(sender);
        }
        assertThat(meetings.gifts()).hasSize(Meetings.GIFTS_OF_ONE_MAX + 1);
        assertThat(meetings.gifts().get(0).ticket()).isEqualTo("" + count);
        assertThat(meetings.gifts()).anyMatch(gift -> gift.sender().node().equals(other));
        assertThat(meetings.arrived()).isEqualTo(count);
    }

    @Test
    void theOldestOfAllMakesWay() {
        for (int i = 0; i < Meetings.GIFTS_MAX + 5; i++) {
            give(NodeId.random(random));
        }
        assertThat(meetings.gifts()).hasSize(Meetings.GIFTS_MAX);
        assertThat(meetings.gifts())
                .extracting(Met::ticket)
                .doesNotContain("1", "5")
                .contains("6");
    }

    @Test
    void aSettledGiftIsGone() {
        give(NodeId.random(random));
        meetings.settled("1");
        assertThat(meetings.gifts()).isEmpty();
    }

    @Test
    void aGiftThatIsToldTwiceIsOneAndASenderWithdrawsItsOwnAlone() {
        NodeId sender = NodeId.random(random);
        Meetings.Meeting gift = meeting(sender);
        assertThat(meetings.given(gift)).isTrue();
        assertThat(meetings.given(gift)).isFalse();
        assertThat(meetings.gifts()).hasSize(1);
        assertThat(meetings.over(NodeId.random(random), gift.theirTicket())).isFalse();
        assertThat(meetings.gifts()).hasSize(1);
        assertThat(meetings.over(sender, gift.theirTicket())).isTrue();
        assertThat(meetings.gifts()).isEmpty();
    }

    @Test
    void giftsOfOneContactLeaveOtherMeetingsAlone() {
        NodeId other = NodeId.random(random);
        meetings.met(meeting(other));
        give(other);
        NodeId sender = NodeId.random(random);
        for (int i = 0; i < 2 * Meetings.OF_CODES_MAX; i++) {
            give(sender);
        }
        assertThat(meetings.settled("1")).isNotNull();
        assertThat(meetings.settled("2")).isNotNull();
        List<Met> left = meetings.gifts();
        assertThat(left).hasSize(Meetings.GIFTS_OF_ONE_MAX);
        left.forEach(gift -> assertThat(meetings.settled(gift.ticket())).isNotNull());
        assertThat(meetings.gifts()).isEmpty();
    }

    @Test
    void theOldestMeetingOfACodeMakesWay() {
        for (int i = 0; i <= Meetings.OF_CODES_MAX; i++) {
            meetings.met(meeting(NodeId.random(random)));
        }
        assertThat(meetings.settled("1")).isNull();
        assertThat(meetings.settled("2")).isNotNull();
    }

    private void give(NodeId sender) {
        meetings.given(meeting(sender));
    }

    private Meetings.Meeting meeting(NodeId sender) {
        Met met = new Met("" + ++count, new Person(sender, "ann", "", ""), List.of(), "text");
        return new Meetings.Meeting(met, List.of(), new byte[] {(byte) count, (byte) (count >> 8)});
    }
}
