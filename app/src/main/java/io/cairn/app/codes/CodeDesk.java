package io.cairn.app.codes;

import io.cairn.app.Codes.Person;
import io.cairn.app.codes.OpenCode.Settling;
import io.cairn.app.network.Peers;
import io.cairn.app.work.Work;
import io.cairn.dht.crypto.WordExchange;
import io.cairn.dht.crypto.WordExchange.Parties;
import io.cairn.dht.crypto.WordExchange.Role;
import io.cairn.dht.crypto.WordKey;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.MalformedException;
import io.cairn.transfer.protocol.code.CodeCodec;
import io.cairn.transfer.protocol.code.CodeReply;
import io.cairn.transfer.protocol.code.CodeStep;
import io.cairn.transfer.protocol.code.CodeStep.Receipt;
import io.cairn.transfer.protocol.code.Offering;
import io.cairn.transfer.swarm.talk.Answerer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Answers receivers: the sender's side of each key exchange. An exchange has two steps, each once, from the same node; a wrong second step
 * has been counted before it is judged. On the loop; computes on workers.
 */
final class CodeDesk implements Answerer {
    /** Most exchanges that have begun and wait for their second step; the oldest makes way. */
    static final int ATTEMPTS_MAX = 64;

    /** Until an exchange that has begun is forgotten. */
    static final long ATTEMPT_MILLIS = 30_000;

    /** Most exchanges that are computed at once, so that strangers do not occupy all workers. */
    static final int COMPUTED_MAX = 4;

    /** Most receivers that have an offering and have not settled; the oldest is forgotten. */
    private static final int UNSETTLED_MAX = 1_024;

    private final Work work;
    private final Clock clock;
    private final NodeId self;
    private final RandomGenerator random;
    private final Function<NodeId, Optional<String>> names;
    private final BiPredicate<NodeId, byte[]> withdrawals;
    private final Map<Integer, OpenCode> open = new LinkedHashMap<>();
    private final Map<String, Attempt> attempts = new LinkedHashMap<>();
    private final Map<String, Unsettled> unsettled = new LinkedHashMap<>();
    private boolean isRehearsed;
    private int computed;
    private long used;
    private long wrongTries;

    /**
     * @param names the user's names for nodes
     * @param withdrawals hears that a sender offers the gift of a ticket no more; whether it is known
     */
    CodeDesk(
            Work work,
            Clock clock,
            NodeId self,
            RandomGenerator random,
            Function<NodeId, Optional<String>> names,
            BiPredicate<NodeId, byte[]> withdrawals) {
        this.work = work;
        this.clock = clock;
        this.self = self;
        this.random = random;
        this.names = names;
        this.withdrawals = withdrawals;
    }

    /** From now on, receivers who know the code are answered. */
    void open(OpenCode code) {
        if (!isRehearsed) {
            isRehearsed = true;
            CodeMeeting.rehearse(work, random);
        }
        open.put(code.code().number(), code);
    }

    /** No longer; running exchanges of it fail. */
    void close(OpenCode code) {
        code.close();
        open.remove(code.code().number(), code);
        attempts.values().removeIf(attempt -> attempt.code == code);
    }

    /** From now on, a receiver that has an offering may settle it. */
    void expect(byte[] ticket, Settling by, Person receiver) {
        bounded(unsettled, UNSETTLED_MAX).put(text(ticket), new Unsettled(by, receiver));
    }

    /** Nothing of a sender is to be settled any more. */
    void forget(Settling sender) {
        unsettled.values().removeIf(receiver -> receiver.by == sender);
    }

    boolean isOpen(int number) {
        return open.containsKey(number);
    }

    int openCodes() {
        return open.size();
    }

    long used() {
        return used;
    }

    long wrongTries() {
        return wrongTries;
    }

    @Override
    public CompletionStage<byte @Nullable []> asked(Asker asker, byte[] body) {
        CodeStep step;
        try {
            step = CodeCodec.decodeStep(body);
        } catch (MalformedException malformed) {
            return CompletableFuture.completedFuture(null);
        }
        return answer(asker, step).thenApply(CodeCodec::encode);
    }

    private CompletableFuture<CodeReply> answer(Asker asker, CodeStep step) {
        if (step instanceof CodeStep.Find find) {
            if (!isOpen(find.number())) {
                looksAgain(Peers.node(asker.peer()), find.number());
            }
            OpenCode code = open.get(find.number());
            return now(code != null && code.isOpen() ? new CodeReply.Open() : new CodeReply.Unknown());
        } else if (step instanceof CodeStep.Begin begin) {
            return begin(asker, begin);
        } else if (step instanceof CodeStep.Confirm confirm) {
            return confirm(asker, confirm);
        } else if (step instanceof CodeStep.Withdraw withdraw) {
            boolean isKnown = withdrawals.test(Peers.node(asker.peer()), withdraw.ticket());
            return now(isKnown ? new CodeReply.Open() : new CodeReply.Unknown());
        }
        return now(settle(asker, (CodeStep.Settle) step));
    }

    /** Another run of a receiver that was killed may look for a code that is used up only because of that. */
    private void looksAgain(NodeId receiver, int number) {
        unsettled.values().stream()
                .filter(one -> one.person.node().equals(receiver))
                .toList()
                .forEach(one -> one.by.looksAgain(one.person, number));
    }

    private CompletableFuture<CodeReply> begin(Asker asker, CodeStep.Begin begin) {
        OpenCode code = open.get(begin.number());
        if (code == null || !code.isOpen()) {
            return now(new CodeReply.Unknown());
        }
        if (computed >= COMPUTED_MAX) {
            return now(new CodeReply.Busy());
        }
        Parties parties = new Parties(self, Peers.node(asker.peer()), begin.number());
        String words = code.code().words();
        return computed(() -> {
                    WordExchange exchange = new WordExchange(Role.SENDER, parties, words, random);
                    return new Begun(exchange, exchange.second(begin.first()));
                })
                .handle((begun, failure) -> {
                    if (begun == null || !code.isOpen()) {
                        return new CodeReply.Unknown();
                    }
                    byte[] id = drawn();
                    keep(id, new Attempt(code, parties.receiver(), begun.exchange, clock.monotonicMillis()));
                    return new CodeReply.Begun(id, begun.exchange.first(), begun.second);
                });
    }

    private CompletableFuture<CodeReply> confirm(Asker asker, CodeStep.Confirm confirm) {
        Attempt attempt = attempts.get(text(confirm.attempt()));
        NodeId receiver = Peers.node(asker.peer());
        if (attempt == null
                || !attempt.receiver.equals(receiver)
                || clock.monotonicMillis() - attempt.startedMillis > ATTEMPT_MILLIS) {
            return now(new CodeReply.Unknown());
        }
        if (computed >= COMPUTED_MAX) {
            return now(new CodeReply.Busy());
        }
        attempts.remove(text(confirm.attempt()));
        OpenCode code = attempt.code;
        if (!code.begins()) {
            return now(new CodeReply.Unknown());
        }
        return computed(() -> judged(attempt, confirm))
                .handle((known, failure) -> known == null ? denied(code) : accepted(code, receiver, known));
    }

    /** The key and the receiver's claim; fails if it did not know the words, or does not keep to the protocol. */
    private static Known judged(Attempt attempt, CodeStep.Confirm confirm) throws GeneralSecurityException {
        WordKey key = attempt.exchange.key(confirm.second());
        if (!key.isTag(confirm.tag())) {
            throw new GeneralSecurityException("a wrong code");
        }
        return new Known(key, new String(key.open(confirm.sealedClaim()), StandardCharsets.UTF_8));
    }

    private CodeReply denied(OpenCode code) {
        wrongTries++;
        return new CodeReply.Denied(code.wrong());
    }

    private CodeReply accepted(OpenCode code, NodeId receiver, Known known) {
        if (!code.right()) {
            return new CodeReply.Unknown();
        }
        used++;
        Offering offering = code.holder().offering();
        Person person = new Person(
                receiver, names.apply(receiver).orElse(null), known.claim, SpokenCode.phrase(known.key.phrase()));
        expect(offering.ticket(), code.holder(), person);
        code.holder().taken(person, offering);
        CodeReply reply = new CodeReply.Accepted(known.key.tag(), known.key.seal(CodeCodec.encode(offering)));
        code.endIfUsed();
        return reply;
    }

    private CodeReply settle(Asker asker, CodeStep.Settle settle) {
        Unsettled receiver = unsettled.get(text(settle.ticket()));
        if (receiver == null || !receiver.person.node().equals(Peers.node(asker.peer()))) {
            return new CodeReply.Unknown();
        }
        if (settle.receipt() != Receipt.STOPPED) {
            unsettled.remove(text(settle.ticket()));
        }
        receiver.by.settled(receiver.person, settle.receipt());
        return new CodeReply.Open();
    }

    private <T> CompletableFuture<T> computed(Callable<T> computation) {
        computed++;
        return work.offload(computation).whenComplete((result, failure) -> computed--);
    }

    private void keep(byte[] id, Attempt attempt) {
        long now = clock.monotonicMillis();
        attempts.values().removeIf(known -> now - known.startedMillis > ATTEMPT_MILLIS);
        bounded(attempts, ATTEMPTS_MAX).put(text(id), attempt);
    }

    /** Makes room for one more. */
    private static <V> Map<String, V> bounded(Map<String, V> map, int max) {
        Iterator<V> oldest = map.values().iterator();
        while (map.size() >= max && oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
        return map;
    }

    /** A name for an exchange or an offering that nobody guesses. */
    byte[] drawn() {
        byte[] id = new byte[Offering.TICKET_BYTES];
        random.nextBytes(id);
        return id;
    }

    private static String text(byte[] id) {
        return HexFormat.of().formatHex(id);
    }

    private static CompletableFuture<CodeReply> now(CodeReply reply) {
        return CompletableFuture.completedFuture(reply);
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Begun(WordExchange exchange, byte[] second) {}

    private record Known(WordKey key, String claim) {}

    private record Attempt(OpenCode code, NodeId receiver, WordExchange exchange, long startedMillis) {}

    private record Unsettled(Settling by, Person person) {}
}
