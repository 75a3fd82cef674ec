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
    private final GiftInbox inbox = new GiftInbox();
    private int count;

    @Test
    void oneContactHasRoomForAFew() {
        NodeId other = NodeId.random(random);
        give(other);
        NodeId sender = NodeId.random(random);
        for (int i = 0; i < GiftInbox.GIFTS_OF_ONE_MAX + 3; i++) {
            give(sender);
        }
        assertThat(inbox.all()).hasSize(GiftInbox.GIFTS_OF_ONE_MAX + 1);
        assertThat(inbox.all().get(0).ticket()).isEqualTo("" + count);
        assertThat(inbox.all()).anyMatch(gift -> gift.sender().node().equals(other));
        assertThat(inbox.arrived()).isEqualTo(count);
    }

    @Test
    void theOldestOfAllMakesWay() {
        for (int i = 0; i < GiftInbox.GIFTS_MAX + 5; i++) {
            give(NodeId.random(random));
        }
        assertThat(inbox.all()).hasSize(GiftInbox.GIFTS_MAX);
        assertThat(inbox.all()).extracting(Met::ticket).doesNotContain("1", "5").contains("6");
    }

    @Test
    void aSettledGiftIsGone() {
        give(NodeId.random(random));
        inbox.settled("1");
        assertThat(inbox.all()).isEmpty();
    }

    private void give(NodeId sender) {
        inbox.add(new Met("" + ++count, new Person(sender, "ann", "", ""), List.of(), "text"));
    }
}
