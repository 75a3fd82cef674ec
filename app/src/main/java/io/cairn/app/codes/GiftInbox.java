package io.cairn.app.codes;

import io.cairn.app.Codes.Met;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.List;

/** What contacts have sent: bounded in all and for each of them, the oldest goes first. On the loop. */
final class GiftInbox {
    static final int GIFTS_MAX = 64;
    static final int GIFTS_OF_ONE_MAX = 8;

    private final List<Met> gifts = new ArrayList<>();
    private long arrived;

    void add(Met gift) {
        arrived++;
        NodeId sender = gift.sender().node();
        List<Met> ofSender =
                gifts.stream().filter(one -> one.sender().node().equals(sender)).toList();
        if (ofSender.size() >= GIFTS_OF_ONE_MAX) {
            gifts.remove(ofSender.get(ofSender.size() - 1));
        } else if (gifts.size() >= GIFTS_MAX) {
            gifts.remove(gifts.size() - 1);
        }
        gifts.add(0, gift);
    }

    void settled(String ticket) {
        gifts.removeIf(gift -> gift.ticket().equals(ticket));
    }

    /** The latest first. */
    List<Met> all() {
        return List.copyOf(gifts);
    }

    long arrived() {
        return arrived;
    }
}
