package io.cairn.app.codes;

import io.cairn.app.Fetch;
import io.cairn.app.FetchState;
import io.cairn.app.codes.Meetings.Meeting;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A receipt that this node owes to a sender, until fetches of it have everything.
 *
 * @param ticket what the sender calls it
 * @param before fetches that were complete when it was taken, which say nothing of it; mutable
 */
@SuppressWarnings("ArrayRecordComponent")
record OwedReceipt(NodeId sender, byte[] ticket, List<Key> hashes, Set<Key> before) {
    static OwedReceipt of(Meeting meeting, List<Fetch> fetches) {
        List<Key> hashes =
                meeting.met().items().stream().map(item -> item.target().hash()).toList();
        Set<Key> before = fetches.stream()
                .filter(fetch -> hashes.contains(fetch.hash()) && isDone(fetch))
                .map(OwedReceipt::place)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new OwedReceipt(meeting.sender(), meeting.theirTicket(), hashes, before);
    }

    /** Whether all has been fetched since. A fetch that began again to the same place counts from then on. */
    boolean isComplete(List<Fetch> fetches) {
        Set<Key> complete = new HashSet<>();
        fetches.forEach(fetch -> {
            if (!isDone(fetch)) {
                before.remove(place(fetch));
            } else if (!before.contains(place(fetch))) {
                complete.add(fetch.hash());
            }
        });
        fetches.stream()
                .filter(fetch -> !fetch.status().isEnded())
                .map(Fetch::hash)
                .forEach(complete::remove);
        return complete.containsAll(hashes);
    }

    boolean isOf(NodeId node, byte[] theirTicket) {
        return sender.equals(node) && Arrays.equals(ticket, theirTicket);
    }

    String text() {
        return sender.toHex() + " " + HexFormat.of().formatHex(ticket) + " " + text(hashes) + " " + text(before);
    }

    private static String text(Collection<Key> keys) {
        return keys.stream().map(Key::toHex).collect(Collectors.joining(","));
    }

    private static Stream<Key> keys(String text) {
        return Stream.of(text.split(",")).filter(hex -> !hex.isEmpty()).map(Key::fromHex);
    }

    static OwedReceipt read(String text) {
        String[] parts = text.split(" ", 4);
        return new OwedReceipt(
                NodeId.fromHex(parts[0]),
                HexFormat.of().parseHex(parts[1]),
                keys(parts[2]).toList(),
                keys(parts[3]).collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    private static boolean isDone(Fetch fetch) {
        return fetch.status().state() == FetchState.DONE;
    }

    /** What is fetched and to where, as one value. */
    private static Key place(Fetch fetch) {
        return Key.ofContent((fetch.hash() + " " + fetch.status().target()).getBytes(StandardCharsets.UTF_8));
    }
}
