package io.cairn.app.codes;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Codes.Item;
import io.cairn.app.Codes.Met;
import io.cairn.app.Codes.Person;
import io.cairn.app.Codes.Settlement;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node.Notice;
import io.cairn.app.codes.Meetings.Meeting;
import io.cairn.app.network.Peers;
import io.cairn.app.people.AddressBook;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.MalformedException;
import io.cairn.transfer.protocol.code.CodeCodec;
import io.cairn.transfer.protocol.code.CodeStep.Receipt;
import io.cairn.transfer.protocol.code.Offering;
import io.cairn.transfer.swarm.talk.Answerer.Asker;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What other nodes offer to this one: meetings under codes, and gifts of contacts, until they are settled. On the loop. */
final class Reception {
    private final AddressBook book;
    private final Supplier<byte[]> tickets;
    private final Receipts receipts;
    private final Consumer<Notice> notices;
    private final Meetings meetings = new Meetings();
    private long met;

    /** @param tickets draws names that nobody guesses */
    Reception(AddressBook book, Supplier<byte[]> tickets, Receipts receipts, Consumer<Notice> notices) {
        this.book = book;
        this.tickets = tickets;
        this.receipts = receipts;
        this.notices = notices;
    }

    /** What earlier runs were taking is settled when fetches of this one have it. */
    CompletableFuture<Void> restore() {
        return receipts.restore(meetings::over);
    }

    /** The node is about to close. */
    void close() {
        receipts.close();
    }

    /** A sender that knows the words was found. */
    Met met(CodeMeeting.Found found) {
        met++;
        Meeting meeting =
                meeting(found.sender(), found.endpoints(), found.offering(), SpokenCode.phrase(found.phrase()));
        meetings.met(meeting);
        return meeting.met();
    }

    /** How often a code of another was used. */
    long countMet() {
        return met;
    }

    /** How many gifts have arrived. */
    long countGifts() {
        return meetings.arrived();
    }

    /** See {@link io.cairn.app.Codes#gifts}. */
    List<Met> gifts() {
        return meetings.gifts();
    }

    /** See {@link io.cairn.app.Codes#settle}. */
    CompletableFuture<Void> settle(String ticket, Settlement settlement) {
        boolean isOver = settlement == Settlement.RECEIVED || settlement == Settlement.DECLINED;
        Meeting meeting = isOver ? meetings.settled(ticket) : meetings.find(ticket);
        if (meeting == null) {
            return CompletableFuture.failedFuture(new CairnException(
                    Kind.USAGE,
                    "no such meeting",
                    "it was settled before, or this node has started since",
                    "there is nothing to do"));
        }
        return switch (settlement) {
            case TAKING -> receipts.owe(meeting);
            case RECEIVED -> receipts.give(meeting, Receipt.RECEIVED);
            case DECLINED -> receipts.give(meeting, Receipt.DECLINED);
            case STOPPED -> receipts.give(meeting, Receipt.STOPPED);
        };
    }

    /** The sender of a gift offers it no more. False if it is not known. */
    boolean withdrawn(NodeId sender, byte[] theirTicket) {
        receipts.forget(sender, theirTicket);
        return meetings.over(sender, theirTicket);
    }

    /** A node says that it has something for this one: refused from others than contacts. */
    CompletionStage<byte @Nullable []> given(Asker asker, byte[] body) {
        NodeId sender = Peers.node(asker.peer());
        return book.restored().thenCombine(receipts.restored(), (known, restored) -> {
            if (book.nameOf(sender).isEmpty()) {
                return null;
            }
            try {
                Meeting meeting = meeting(sender, List.of(asker.at()), CodeCodec.decodeOffering(body), "");
                boolean isSettled = receipts.isSettled(sender, meeting.theirTicket(), asker.at());
                if (!isSettled && meetings.given(meeting)) {
                    tell(meeting.met());
                }
                return new byte[0];
            } catch (MalformedException malformed) {
                return null;
            }
        });
    }

    private void tell(Met gift) {
        notices.accept(new Notice.GiftArrived(
                gift.sender().node(),
                book.nameOf(gift.sender().node()).orElse(""),
                gift.items().size(),
                gift.items().stream().mapToLong(item -> item.target().size()).sum(),
                gift.text() != null));
    }

    private Meeting meeting(NodeId sender, List<Endpoint> endpoints, Offering offering, String phrase) {
        String ticket = HexFormat.of().formatHex(tickets.get());
        List<Item> items = offering.items().stream()
                .map(item -> new Item(
                        new FetchTarget(item.share(), item.name(), item.size(), endpoints, item.secret()),
                        item.files()))
                .toList();
        Person person = new Person(sender, book.nameOf(sender).orElse(null), offering.claim(), phrase);
        return new Meeting(new Met(ticket, person, items, offering.text()), endpoints, offering.ticket());
    }
}
