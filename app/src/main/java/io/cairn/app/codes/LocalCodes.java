package io.cairn.app.codes;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Codes.CodeStatistics;
import io.cairn.app.Codes.End;
import io.cairn.app.Codes.Item;
import io.cairn.app.Codes.Met;
import io.cairn.app.Codes.Person;
import io.cairn.app.Codes.Send;
import io.cairn.app.Codes.SendEvent;
import io.cairn.app.Codes.Sent;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node.HashProgress;
import io.cairn.app.Node.Notice;
import io.cairn.app.Node.Share;
import io.cairn.app.Node.ShareReport;
import io.cairn.app.Offers.Offer;
import io.cairn.app.Operation;
import io.cairn.app.codes.Meetings.Meeting;
import io.cairn.app.network.Peers;
import io.cairn.app.people.AddressBook;
import io.cairn.app.people.NodeFinder;
import io.cairn.app.people.OfferBook;
import io.cairn.app.share.Shares;
import io.cairn.app.work.Work;
import io.cairn.dht.Dht;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.MalformedException;
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.protocol.code.CodeCodec;
import io.cairn.transfer.protocol.code.CodeStep;
import io.cairn.transfer.protocol.code.Offering;
import io.cairn.transfer.store.state.SettingTable;
import io.cairn.transfer.swarm.Swarm;
import io.cairn.transfer.swarm.port.PeerId;
import io.cairn.transfer.swarm.port.Topic;
import io.cairn.transfer.swarm.talk.Answerer.Asker;
import io.cairn.transfer.swarm.talk.TalkException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The codes of this node, those of others that it uses, and what is sent to contacts. On the loop. */
public final class LocalCodes {
    /** Most codes of this node at once. */
    public static final int OPEN_MAX = 1_024;

    private final Work work;
    private final Clock clock;
    private final Dht dht;
    private final Swarm swarm;
    private final RandomGenerator random;
    private final CompletableFuture<Integer> joined;
    private final Supplier<List<Endpoint>> addresses;
    private final AddressBook book;
    private final NodeFinder finder;
    private final Consumer<Notice> notices;
    private final SentShares shares;
    private final CodeDesk desk;
    private final CodeNumbers numbers;
    private final Meetings meetings = new Meetings();
    private final List<Sending> sendings = new ArrayList<>();
    private @Nullable CompletableFuture<String> claim;
    private long made;
    private long met;

    /**
     * The parts of the node that codes use.
     *
     * @param joined completes after the first attempt to join
     * @param addresses where this node serves
     */
    public record Parts(
            Work work,
            Clock clock,
            Dht dht,
            Swarm swarm,
            RandomGenerator random,
            CompletableFuture<Integer> joined,
            Supplier<List<Endpoint>> addresses,
            AddressBook book,
            OfferBook offers,
            NodeFinder finder,
            Shares shares,
            SettingTable settings) {}

    /**
     * @param sharing shares a path of this node
     * @param unsharing ends a share of this node
     */
    public LocalCodes(
            Parts parts, Sharing sharing, Function<Key, CompletableFuture<Share>> unsharing, Consumer<Notice> notices) {
        work = parts.work();
        clock = parts.clock();
        dht = parts.dht();
        swarm = parts.swarm();
        random = parts.random();
        joined = parts.joined();
        addresses = parts.addresses();
        book = parts.book();
        finder = parts.finder();
        this.notices = notices;
        shares = new SentShares(work, parts.shares(), parts.offers(), parts.settings(), sharing, unsharing);
        desk = new CodeDesk(work, clock, dht.id(), random, book::nameOf);
        numbers = new CodeNumbers(dht, clock, work.scheduler(), random);
    }

    /** Answers from now on, and ends what a killed run left behind. Once. */
    public CompletableFuture<Void> restore() {
        swarm.talks().answer(Topic.CODE, desk);
        swarm.talks().answer(Topic.GIFT, this::given);
        return shares.restore();
    }

    /** Withdraws all codes. */
    public void close() {
        List.copyOf(sendings).forEach(Sending::stop);
    }

    /** Shares a path. */
    @FunctionalInterface
    public interface Sharing {
        /** @param owner begins it, and sees it end even if the operation has been cancelled */
        Operation<HashProgress, ShareReport> share(Path path, ShareOptions options, Owner owner);
    }

    /** Who wants a share. On the loop. */
    @FunctionalInterface
    public interface Owner {
        CompletableFuture<ShareReport> begin(Adding adding);
    }

    /** Adds a share. On the loop. */
    @FunctionalInterface
    public interface Adding {
        /** @param offer for whom it is from now on; null to leave that as it is */
        CompletableFuture<ShareReport> as(@Nullable Offer offer);
    }

    /** You share a path yourself: it stays when a send of it ends, and is open if you do not say otherwise. */
    public CompletableFuture<ShareReport> share(Path path, @Nullable Offer offer, Adding adding) {
        return shares.yours(path, offer, adding);
    }

    /** A send in progress. */
    public interface Running {
        CompletableFuture<Sent> result();

        /** Withdraws it. */
        void stop();
    }

    /** See {@link io.cairn.app.Codes#send}. */
    public Running send(Send what, Consumer<SendEvent> events) {
        String to = what.to();
        return to == null ? sendUnderCode(what, events) : sendTo(to, what, events);
    }

    private Running sendUnderCode(Send what, Consumer<SendEvent> events) {
        if (sendings.size() >= OPEN_MAX) {
            return new Begun(
                    CompletableFuture.failedFuture(new CairnException(
                            Kind.OTHER,
                            "cannot send",
                            "this node has " + OPEN_MAX + " codes that are good",
                            "wait until one is used or expires")),
                    () -> {});
        }
        CompletableFuture<Sent> result = new CompletableFuture<>();
        CompletableFuture<SpokenCode> picked = joined().thenCompose(contacts -> numbers.pick(desk::isOpen))
                .thenApply(number -> SpokenCode.draw(number, random));
        Begun running = new Begun(result, () -> {});
        var unused = claim().thenCompose(called -> {
                    Sending sending = new Sending(
                            work,
                            clock,
                            swarm,
                            shares,
                            desk,
                            what,
                            called,
                            number -> new CodeAnnouncement(dht, clock, work.scheduler(), addresses, number),
                            events);
                    running.sending = sending;
                    sendings.add(sending);
                    made++;
                    if (running.stopped) {
                        sending.stop();
                    }
                    return sending.start(picked).whenComplete((sent, failure) -> sendings.remove(sending));
                })
                .whenComplete((sent, failure) -> settle(result, sent, failure));
        return running;
    }

    private Running sendTo(String to, Send what, Consumer<SendEvent> events) {
        CompletableFuture<Sent> result = new CompletableFuture<>();
        SentShares.Shared shared = new SentShares.Shared();
        var unused = book.restored()
                .thenCompose(known -> {
                    try {
                        return told(to, book.node(to), what, shared, events);
                    } catch (CairnException nobody) {
                        return CompletableFuture.failedFuture(nobody);
                    }
                })
                .whenComplete((sent, failure) -> {
                    var ended = failure == null ? shares.keep(shared) : shares.release(shared);
                    var unusedEnd = ended.whenComplete((done, ending) -> settle(result, sent, failure));
                });
        return new Begun(result, () -> {
            var unusedEnd = shares.release(shared);
        });
    }

    /** Shares for a node alone, and tells it. */
    private CompletableFuture<Sent> told(
            String to, NodeId node, Send what, SentShares.Shared shared, Consumer<SendEvent> events) {
        return joined().thenCompose(contacts -> finder.find(node)).thenCompose(endpoints -> {
            if (endpoints.isEmpty()) {
                return CompletableFuture.failedFuture(unreachable(to, "nobody knows where its node is"));
            }
            return claim().thenCombine(
                            shares.share(
                                    what,
                                    new Offer(false, List.of(to)),
                                    shared,
                                    progress -> events.accept(new SendEvent.Hashing(progress))),
                            (called, all) -> new Gift(called, all))
                    .thenCompose(gift -> give(to, node, endpoints, what, gift));
        });
    }

    private CompletableFuture<Sent> give(String to, NodeId node, List<Endpoint> endpoints, Send what, Gift gift) {
        Offering offering = new Offering(desk.drawn(), gift.claim, gift.shared.items(), what.text());
        CompletableFuture<Sent> sent = new CompletableFuture<>();
        CompletableFuture<?> unused = swarm.talks()
                .ask(PeerId.of(node), endpoints, Topic.GIFT, CodeCodec.encode(offering))
                .whenComplete((answered, failure) -> {
                    if (failure == null) {
                        Person person = new Person(node, book.nameOf(node).orElse(null), "", "");
                        sent.complete(new Sent(End.TOLD, List.of(person)));
                    } else {
                        sent.completeExceptionally(notTold(to, Work.cause(failure)));
                    }
                });
        return sent;
    }

    private static CairnException notTold(String to, Throwable failure) {
        if (failure instanceof TalkException talk && talk.kind() == TalkException.Kind.REFUSED) {
            return new CairnException(
                    Kind.DENIED,
                    "cannot send to " + to,
                    "its node takes nothing from this one",
                    "this node must be a contact there: give its id there, with contacts add");
        }
        return unreachable(to, "its node does not answer");
    }

    private static CairnException unreachable(String to, String why) {
        return new CairnException(
                Kind.NO_PROVIDER,
                "cannot send to " + to,
                why,
                "make sure that a node runs there, or send under a code");
    }

    /** See {@link io.cairn.app.Codes#meet}. */
    public CompletableFuture<Met> meet(String text) {
        SpokenCode code;
        try {
            code = SpokenCode.parse(text);
        } catch (CairnException noCode) {
            return CompletableFuture.failedFuture(noCode);
        }
        return claim().thenCompose(
                        called -> new CodeMeeting(work, clock, dht, swarm.talks(), random, code, called).start(joined))
                .thenApply(found -> {
                    met++;
                    Meeting meeting = meeting(
                            found.sender(), found.endpoints(), found.offering(), SpokenCode.phrase(found.phrase()));
                    meetings.met(meeting);
                    return meeting.met();
                });
    }

    /** See {@link io.cairn.app.Codes#gifts}. */
    public List<Met> gifts() {
        return meetings.gifts();
    }

    /** See {@link io.cairn.app.Codes#settle}. */
    public CompletableFuture<Void> settle(String ticket, boolean received) {
        Meeting meeting = meetings.settled(ticket);
        if (meeting == null) {
            return CompletableFuture.failedFuture(new CairnException(
                    Kind.USAGE,
                    "no such meeting",
                    "it was settled before, or this node has started since",
                    "there is nothing to do"));
        }
        return swarm.talks()
                .ask(
                        PeerId.of(meeting.sender()),
                        meeting.endpoints(),
                        Topic.CODE,
                        CodeCodec.encode(new CodeStep.Settle(meeting.theirTicket(), received)))
                .handle((answered, failure) -> null);
    }

    /** See {@link io.cairn.app.Codes#statistics}. */
    public CodeStatistics statistics() {
        return new CodeStatistics(desk.openCodes(), made, desk.used(), desk.wrongTries(), met, meetings.arrived());
    }

    private CompletionStage<byte @Nullable []> given(Asker asker, byte[] body) {
        NodeId sender = Peers.node(asker.peer());
        return book.restored().thenApply(known -> {
            if (book.nameOf(sender).isEmpty()) {
                return null;
            }
            try {
                Meeting meeting = meeting(sender, List.of(asker.at()), CodeCodec.decodeOffering(body), "");
                meetings.given(meeting);
                Met gift = meeting.met();
                notices.accept(new Notice.GiftArrived(
                        sender,
                        book.nameOf(sender).orElse(""),
                        gift.items().size(),
                        gift.items().stream()
                                .mapToLong(item -> item.target().size())
                                .sum(),
                        gift.text() != null));
                return new byte[0];
            } catch (MalformedException malformed) {
                return null;
            }
        });
    }

    private Meeting meeting(NodeId sender, List<Endpoint> endpoints, Offering offering, String phrase) {
        String ticket = HexFormat.of().formatHex(desk.drawn());
        List<Item> items = offering.items().stream()
                .map(item -> new Item(
                        new FetchTarget(item.share(), item.name(), item.size(), endpoints, item.secret()),
                        item.files()))
                .toList();
        Person person = new Person(sender, book.nameOf(sender).orElse(null), offering.claim(), phrase);
        return new Meeting(new Met(ticket, person, items, offering.text()), endpoints, offering.ticket());
    }

    private CompletableFuture<Integer> joined() {
        return joined.handle((contacts, failure) -> contacts == null ? 0 : contacts);
    }

    private CompletableFuture<String> claim() {
        CompletableFuture<String> known = claim;
        if (known == null) {
            known = work.offload(OwnClaim::read);
            claim = known;
        }
        return known;
    }

    private static <T> void settle(CompletableFuture<T> result, @Nullable T value, @Nullable Throwable failure) {
        if (failure == null) {
            result.complete(value);
        } else {
            result.completeExceptionally(Work.cause(failure));
        }
    }

    /** What was begun, and how to end it. */
    private static final class Begun implements Running {
        private final CompletableFuture<Sent> result;
        private final Runnable withdrawal;
        private @Nullable Sending sending;
        private boolean stopped;

        Begun(CompletableFuture<Sent> result, Runnable withdrawal) {
            this.result = result;
            this.withdrawal = withdrawal;
        }

        @Override
        public CompletableFuture<Sent> result() {
            return result;
        }

        @Override
        public void stop() {
            stopped = true;
            withdrawal.run();
            if (sending != null) {
                sending.stop();
            }
        }
    }

    private record Gift(String claim, SentShares.Shared shared) {}
}
