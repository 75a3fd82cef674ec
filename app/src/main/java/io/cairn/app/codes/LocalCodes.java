package io.cairn.app.codes;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Codes;
import io.cairn.app.Codes.CodeStatistics;
import io.cairn.app.Codes.Met;
import io.cairn.app.Codes.Send;
import io.cairn.app.Codes.SendEvent;
import io.cairn.app.Codes.Sent;
import io.cairn.app.Codes.Settlement;
import io.cairn.app.Fetch;
import io.cairn.app.Node.HashProgress;
import io.cairn.app.Node.Notice;
import io.cairn.app.Node.Share;
import io.cairn.app.Node.ShareReport;
import io.cairn.app.Offers.Offer;
import io.cairn.app.Operation;
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
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.store.state.SettingTable;
import io.cairn.transfer.swarm.Swarm;
import io.cairn.transfer.swarm.port.Topic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The codes of this node, those of others that it uses, and what is sent to contacts. On the loop. */
public final class LocalCodes {
    /** Most sends of this node at once. */
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
    private final SentShares shares;
    private final CodeDesk desk;
    private final CodeNumbers numbers;
    private final Reception reception;
    private final List<Running> sendings = new ArrayList<>();
    private @Nullable CompletableFuture<String> claim;
    private long made;

    /**
     * The parts of the node that codes use.
     *
     * @param joined completes after the first attempt to join
     * @param addresses where this node serves
     * @param fetches those of this run, and those of earlier ones that it knows
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
            SettingTable settings,
            Supplier<List<Fetch>> fetches) {}

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
        shares = new SentShares(work, parts.shares(), parts.offers(), parts.settings(), sharing, unsharing);
        desk = new CodeDesk(work, clock, dht.id(), random, book::nameOf, this::withdrawn);
        reception = new Reception(
                book,
                desk::drawn,
                new Receipts(work, clock, Settlements.over(swarm.talks(), finder), parts.settings(), parts.fetches()),
                notices);
        numbers = new CodeNumbers(dht, clock, work.scheduler(), random);
    }

    /** Answers from now on, and ends what a killed run left behind. Once. */
    public CompletableFuture<Void> restore() {
        swarm.talks().answer(Topic.CODE, desk);
        swarm.talks().answer(Topic.GIFT, reception::given);
        return CompletableFuture.allOf(shares.restore(), reception.restore());
    }

    private boolean withdrawn(NodeId sender, byte[] theirTicket) {
        return reception.withdrawn(sender, theirTicket);
    }

    /** Withdraws all codes and gifts. */
    public void close() {
        List.copyOf(sendings).forEach(Running::stop);
        reception.close();
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
        if (sendings.size() >= OPEN_MAX) {
            return new Begun(CompletableFuture.failedFuture(new CairnException(
                    Kind.OTHER,
                    "cannot send",
                    "this node sends " + OPEN_MAX + " things already",
                    "wait until one of them has arrived or expires")));
        }
        return what.to().isEmpty() ? sendUnderCode(what, events) : sendTo(what, events);
    }

    private Running sendUnderCode(Send what, Consumer<SendEvent> events) {
        CompletableFuture<Sent> result = new CompletableFuture<>();
        CompletableFuture<SpokenCode> picked = joined().thenCompose(contacts -> numbers.pick(this::isUsed))
                .thenApply(number -> SpokenCode.draw(number, random));
        Begun running = new Begun(result);
        var unused = claim().thenCompose(called -> {
                    made++;
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
                    return begun(running, sending, one -> one.start(picked));
                })
                .whenComplete((sent, failure) -> settle(result, sent, failure));
        return running;
    }

    /** Whether a code of this number is good here, or may become so again. */
    private boolean isUsed(int number) {
        return desk.isOpen(number)
                || sendings.stream().anyMatch(running -> running instanceof Sending sending && sending.isUnder(number));
    }

    private Running sendTo(Send what, Consumer<SendEvent> events) {
        CompletableFuture<Sent> result = new CompletableFuture<>();
        Begun running = new Begun(result);
        var unused = book.restored()
                .thenCompose(known -> joined())
                .thenCombine(claim(), (contacts, called) -> called)
                .thenCompose(called -> {
                    try {
                        return begun(
                                running,
                                new Giving(
                                        work,
                                        clock,
                                        swarm,
                                        shares,
                                        desk,
                                        finder,
                                        what,
                                        called,
                                        nodes(what.to()),
                                        node -> book.nameOf(node).orElse(null),
                                        events),
                                Giving::start);
                    } catch (CairnException nobody) {
                        return CompletableFuture.failedFuture(nobody);
                    }
                })
                .whenComplete((sent, failure) -> settle(result, sent, failure));
        return running;
    }

    private Set<NodeId> nodes(List<String> to) throws CairnException {
        Set<NodeId> nodes = new LinkedHashSet<>();
        for (String named : to) {
            nodes.addAll(book.nodes(named));
        }
        if (nodes.remove(dht.id()) && nodes.isEmpty()) {
            throw cannotSend(to, "this is its node", "name another node, or send under a code");
        } else if (nodes.isEmpty()) {
            throw cannotSend(to, "nobody is in this group", "put contacts into it, with contacts group");
        } else if (nodes.size() > Codes.RECIPIENTS_MAX) {
            throw cannotSend(
                    to,
                    "these are " + nodes.size() + " nodes, and " + Codes.RECIPIENTS_MAX + " can be told at once",
                    "share it for them in place of sending it");
        }
        return nodes;
    }

    private static CairnException cannotSend(List<String> to, String why, String next) {
        return new CairnException(Kind.USAGE, "cannot send to " + String.join(", ", to), why, next);
    }

    /** Begins a send that ends at the latest with the node. */
    private <S extends Running> CompletableFuture<Sent> begun(
            Begun running, S sending, Function<S, CompletableFuture<Sent>> start) {
        running.sending = sending;
        sendings.add(sending);
        if (running.stopped) {
            sending.stop();
        }
        return start.apply(sending).whenComplete((sent, failure) -> sendings.remove(sending));
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
                .thenApply(reception::met);
    }

    /** See {@link io.cairn.app.Codes#gifts}. */
    public List<Met> gifts() {
        return reception.gifts();
    }

    /** See {@link io.cairn.app.Codes#settle}. */
    public CompletableFuture<Void> settle(String ticket, Settlement settlement) {
        return reception.settle(ticket, settlement);
    }

    /** See {@link io.cairn.app.Codes#statistics}. */
    public CodeStatistics statistics() {
        return new CodeStatistics(
                desk.openCodes(), made, desk.used(), desk.wrongTries(), reception.countMet(), reception.countGifts());
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
        private @Nullable Running sending;
        private boolean stopped;

        Begun(CompletableFuture<Sent> result) {
            this.result = result;
        }

        @Override
        public CompletableFuture<Sent> result() {
            return result;
        }

        @Override
        public void stop() {
            stopped = true;
            if (sending != null) {
                sending.stop();
            }
        }
    }
}
