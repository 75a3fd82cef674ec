package io.cairn.app.codes;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Codes.End;
import io.cairn.app.Codes.Person;
import io.cairn.app.fetch.AppLoop;
import io.cairn.app.work.Work;
import io.cairn.dht.crypto.WordExchange;
import io.cairn.dht.crypto.WordExchange.Parties;
import io.cairn.dht.crypto.WordExchange.Role;
import io.cairn.dht.crypto.WordKey;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.MalformedException;
import io.cairn.transfer.protocol.code.CodeCodec;
import io.cairn.transfer.protocol.code.CodeReply;
import io.cairn.transfer.protocol.code.CodeStep;
import io.cairn.transfer.protocol.code.CodeStep.Receipt;
import io.cairn.transfer.protocol.code.Offering;
import io.cairn.transfer.swarm.port.PeerId;
import io.cairn.transfer.swarm.talk.Answerer.Asker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The sender's side of the exchange against guessers of every kind, in virtual time. */
class EveryGuessIsCountedTest {
    private static final int MANY = 100;
    private static final Endpoint SOMEWHERE = Endpoint.parse("192.0.2.7:4747");

    private final Random random = new Random(20_261_130);
    private final AppLoop loop = new AppLoop();
    private final Work work = new Work(loop, () -> true);
    private final NodeId self = NodeId.random(random);
    private final CodeDesk desk =
            new CodeDesk(work, loop, self, random, node -> Optional.empty(), (sender, ticket) -> false);

    /** A receiver with a guess, at the step after BEGIN. */
    private record Guess(NodeId guesser, byte[] attempt, byte[] second, WordKey key) {}

    @Test
    void wrongGuessesOfManyCodesAreCountedForEachOfThem() throws Exception {
        List<Held> codes = new ArrayList<>();
        for (int number = 1; number <= MANY; number++) {
            codes.add(open(number, 1));
        }
        for (int number = 1; number <= MANY; number++) {
            assertThat(confirm(begin(number, "apple-apple"))).isEqualTo(new CodeReply.Denied(2));
            assertThat(codes.get(number - 1).left).isEqualTo(2);
        }
        assertThat(desk.wrongTries()).isEqualTo(MANY);
        for (int number = 1; number <= MANY; number += 10) {
            assertThat(confirm(begin(number, "orbit-lamp"))).isInstanceOf(CodeReply.Accepted.class);
            assertThat(codes.get(number - 1).end).isEqualTo(End.USED);
        }
    }

    @Test
    void threeWrongTriesVoidACode() throws Exception {
        Held held = open(7, 1);
        for (int left = 2; left >= 0; left--) {
            assertThat(confirm(begin(7, "apple-apple"))).isEqualTo(new CodeReply.Denied(left));
        }
        assertThat(held.end).isEqualTo(End.GUESSED);
        assertThat(ask(NodeId.random(random), new CodeStep.Find(7))).isEqualTo(new CodeReply.Unknown());
        assertThat(held.taken).isEmpty();
    }

    @Test
    void twoWrongTriesLeaveTheRightOne() throws Exception {
        Held held = open(7, 1);
        confirm(begin(7, "apple-apple"));
        confirm(begin(7, "apple-orbit"));
        Guess right = begin(7, "orbit-lamp");
        CodeReply.Accepted accepted = (CodeReply.Accepted) confirm(right);
        assertThat(right.key.isTag(accepted.tag())).isTrue();
        Offering offering = CodeCodec.decodeOffering(right.key.open(accepted.sealedOffer()));
        assertThat(offering.text()).isEqualTo("the offer");
        assertThat(held.taken).singleElement().satisfies(person -> {
            assertThat(person.node()).isEqualTo(right.guesser);
            assertThat(person.claims()).isEqualTo("a claim");
            assertThat(person.phrase()).isEqualTo(SpokenCode.phrase(right.key.phrase()));
        });
    }

    @Test
    void guessesAtOnceAreCountedBeforeAnyIsAnswered() throws Exception {
        Held held = open(7, 1);
        List<Guess> guesses = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            guesses.add(begin(7, "apple-apple"));
        }
        List<CompletableFuture<CodeReply>> replies = new ArrayList<>();
        guesses.forEach(guess -> replies.add(send(guess.guesser, confirmation(guess))));
        settle();
        assertThat(replies.stream().filter(reply -> reply.join() instanceof CodeReply.Denied))
                .hasSize(3);
        assertThat(desk.wrongTries()).isEqualTo(3);
        assertThat(held.end).isEqualTo(End.GUESSED);
    }

    @Test
    void whoStopsAfterTheAnswerWasCountedToo() throws Exception {
        Held held = open(7, 1);
        Guess guess = begin(7, "apple-apple");
        var unused = send(guess.guesser, confirmation(guess));
        assertThat(held.left).isEqualTo(3);
        settle(); // nobody waits for the answer
        assertThat(held.left).isEqualTo(2);
    }

    @Test
    void beginningAloneCostsNoTryAndTeachesNothing() throws Exception {
        Held held = open(7, 1);
        for (int i = 0; i < 100; i++) {
            begin(7, "apple-apple");
        }
        assertThat(held.left).isEqualTo(3);
        assertThat(confirm(begin(7, "orbit-lamp"))).isInstanceOf(CodeReply.Accepted.class);
    }

    @Test
    void anExchangeIsJudgedOnceAndOnlyForTheNodeThatBeganIt() throws Exception {
        open(7, 1);
        Guess guess = begin(7, "apple-apple");
        assertThat(ask(NodeId.random(random), confirmation(guess))).isEqualTo(new CodeReply.Unknown());
        assertThat(confirm(guess)).isEqualTo(new CodeReply.Denied(2));
        assertThat(confirm(guess)).isEqualTo(new CodeReply.Unknown());
        Guess late = begin(7, "orbit-lamp");
        loop.run(CodeDesk.ATTEMPT_MILLIS + 1_000);
        assertThat(confirm(late)).isEqualTo(new CodeReply.Unknown());
    }

    @Test
    void aCodeIsGoodForAsManyAsWereAllowed() throws Exception {
        Held held = open(7, 2);
        assertThat(confirm(begin(7, "orbit-lamp"))).isInstanceOf(CodeReply.Accepted.class);
        assertThat(held.end).isNull();
        Guess second = begin(7, "orbit-lamp");
        Guess third = begin(7, "orbit-lamp");
        assertThat(confirm(second)).isInstanceOf(CodeReply.Accepted.class);
        assertThat(held.end).isEqualTo(End.USED);
        assertThat(confirm(third)).isEqualTo(new CodeReply.Unknown());
    }

    @Test
    void fewExchangesAreComputedAtOnce() throws Exception {
        open(7, 1);
        List<CompletableFuture<CodeReply>> replies = new ArrayList<>();
        for (int i = 0; i < CodeDesk.COMPUTED_MAX + 3; i++) {
            NodeId guesser = NodeId.random(random);
            WordExchange exchange =
                    new WordExchange(Role.RECEIVER, new Parties(self, guesser, 7), "orbit-lamp", random);
            replies.add(send(guesser, new CodeStep.Begin(7, exchange.first())));
        }
        settle();
        assertThat(replies.stream().filter(reply -> reply.join() instanceof CodeReply.Busy))
                .hasSize(3);
    }

    @Test
    void whatIsNoStepIsRefused() {
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            CompletableFuture<byte[]> answer =
                    desk.asked(new Asker(PeerId.of(self), SOMEWHERE), bytes).toCompletableFuture();
            settle();
            assertThat(answer).isDone();
        }
    }

    private Held open(int number, int times) {
        Held held = new Held();
        OpenCode code = new OpenCode(new SpokenCode(number, "orbit-lamp"), times, held);
        held.code = code;
        desk.open(code);
        return held;
    }

    private Guess begin(int number, String words) throws Exception {
        NodeId guesser = NodeId.random(random);
        WordExchange exchange = new WordExchange(Role.RECEIVER, new Parties(self, guesser, number), words, random);
        CodeReply.Begun begun = (CodeReply.Begun) ask(guesser, new CodeStep.Begin(number, exchange.first()));
        byte[] second = exchange.second(begun.first());
        return new Guess(guesser, begun.attempt(), second, exchange.key(begun.second()));
    }

    private static CodeStep.Confirm confirmation(Guess guess) {
        return new CodeStep.Confirm(
                guess.attempt,
                guess.second,
                guess.key.tag(),
                guess.key.seal("a claim".getBytes(StandardCharsets.UTF_8)));
    }

    private CodeReply confirm(Guess guess) {
        return ask(guess.guesser, confirmation(guess));
    }

    private CodeReply ask(NodeId guesser, CodeStep step) {
        CompletableFuture<CodeReply> reply = send(guesser, step);
        settle();
        return reply.join();
    }

    private CompletableFuture<CodeReply> send(NodeId guesser, CodeStep step) {
        return desk.asked(new Asker(PeerId.of(guesser), SOMEWHERE), CodeCodec.encode(step))
                .toCompletableFuture()
                .thenApply(body -> {
                    try {
                        return CodeCodec.decodeReply(body);
                    } catch (MalformedException malformed) {
                        throw new AssertionError(malformed);
                    }
                });
    }

    private void settle() {
        loop.run(1_000);
    }

    private final class Held implements OpenCode.Holder {
        private @Nullable OpenCode code;
        private int left = 3;
        private @Nullable End end;
        private final List<Person> taken = new ArrayList<>();

        @Override
        public void wrong(int leftNow) {
            left = leftNow;
        }

        @Override
        public Offering offering() {
            return new Offering(desk.drawn(), "sender", List.of(), "the offer");
        }

        @Override
        public void taken(Person receiver, Offering offering) {
            taken.add(receiver);
        }

        @Override
        public void settled(Person receiver, Receipt receipt) {}

        @Override
        public void ended(End how) {
            end = how;
            desk.close(Objects.requireNonNull(code));
        }
    }
}
