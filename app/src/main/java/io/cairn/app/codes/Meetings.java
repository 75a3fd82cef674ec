package io.cairn.app.codes;

import io.cairn.app.Codes.Met;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Meetings that wait to be settled. Those of codes are bounded, and what contacts have sent is bounded in all and for each of them; the
 * oldest of the same kind goes first. On the loop.
 */
final class Meetings {
    /** Most meetings under a code. */
    static final int OF_CODES_MAX = 256;

    /** Most gifts. */
    static final int GIFTS_MAX = 64;

    /** Most gifts of one contact. */
    static final int GIFTS_OF_ONE_MAX = 8;

    private final Map<String, Meeting> ofCodes = new LinkedHashMap<>();
    private final Map<String, Meeting> gifts = new LinkedHashMap<>();
    private long arrived;

    /**
     * One meeting.
     *
     * @param endpoints where the sender was met
     * @param theirTicket what the sender calls it
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Meeting(Met met, List<Endpoint> endpoints, byte[] theirTicket) {
        NodeId sender() {
            return met.sender().node();
        }

        boolean isOf(NodeId node, byte[] ticket) {
            return sender().equals(node) && Arrays.equals(theirTicket, ticket);
        }
    }

    /** A code of another was used. */
    void met(Meeting meeting) {
        if (ofCodes.size() >= OF_CODES_MAX) {
            ofCodes.remove(ofCodes.keySet().iterator().next());
        }
        ofCodes.put(meeting.met.ticket(), meeting);
    }

    /** A contact has sent something. False if it is known: a sender may say it again. */
    boolean given(Meeting gift) {
        if (gifts.values().stream().anyMatch(known -> known.isOf(gift.sender(), gift.theirTicket))) {
            return false;
        }
        arrived++;
        List<String> ofSender = gifts.values().stream()
                .filter(one -> one.sender().equals(gift.sender()))
                .map(one -> one.met.ticket())
                .toList();
        if (ofSender.size() >= GIFTS_OF_ONE_MAX) {
            gifts.remove(ofSender.get(0));
        } else if (gifts.size() >= GIFTS_MAX) {
            gifts.remove(gifts.keySet().iterator().next());
        }
        gifts.put(gift.met.ticket(), gift);
        return true;
    }

    /** One that is not settled; null if it is not known. */
    @Nullable
    Meeting find(String ticket) {
        Meeting ofCode = ofCodes.get(ticket);
        return ofCode == null ? gifts.get(ticket) : ofCode;
    }

    /** It is over for its sender: it was told that this node has everything, or offers it no more. False if it is not known. */
    boolean over(NodeId sender, byte[] theirTicket) {
        boolean wasCode = ofCodes.values().removeIf(meeting -> meeting.isOf(sender, theirTicket));
        return gifts.values().removeIf(gift -> gift.isOf(sender, theirTicket)) || wasCode;
    }

    /** Takes out what is settled; null if it is not known. */
    @Nullable
    Meeting settled(String ticket) {
        Meeting ofCode = ofCodes.remove(ticket);
        return ofCode == null ? gifts.remove(ticket) : ofCode;
    }

    /** What contacts have sent, the latest first. */
    List<Met> gifts() {
        List<Met> latestFirst = new ArrayList<>();
        gifts.values().forEach(gift -> latestFirst.add(0, gift.met));
        return List.copyOf(latestFirst);
    }

    /** How many gifts have arrived. */
    long arrived() {
        return arrived;
    }
}
