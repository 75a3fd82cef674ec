package io.cairn.transfer.swarm.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.swarm.talk.TalkException;
import io.cairn.transfer.swarm.talk.Talks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every question between peers ends once: with the answer, or with the reason why there is none. */
final class QuestionsAreAnsweredOnceTest {
    private static final byte[] QUESTION = bytes("who has it?");

    private final Bench bench = new Bench(62, 1);
    private final Bench.Peer knows = bench.peer();
    private final Bench.Peer asks = bench.peer();

    @Test
    void theAnswerIsOfThePeerThatWasAsked() throws Exception {
        List<String> heard = new ArrayList<>();
        knows.swarm.talks().answer(Topic.CATALOGUE, (asker, body) -> {
            heard.add(asker.peer() + " " + text(body));
            return CompletableFuture.completedFuture(bytes("I do"));
        });
        CompletableFuture<Talks.Answered> answer = ask(Topic.CATALOGUE, knows);
        bench.time.run(1_000);
        assertThat(text(answer.get().body())).isEqualTo("I do");
        assertThat(answer.get().peer()).isEqualTo(id(knows));
        assertThat(heard).containsExactly(id(asks) + " who has it?");
    }

    @Test
    void aSessionIsUsedAgainWithoutAnAddress() throws Exception {
        knows.swarm.talks().answer(Topic.GIFT, (asker, body) -> CompletableFuture.completedFuture(body));
        CompletableFuture<Talks.Answered> first = ask(Topic.GIFT, knows);
        bench.time.run(1_000);
        CompletableFuture<Talks.Answered> second =
                asks.swarm.talks().ask(id(knows), List.of(), Topic.GIFT, bytes("again"));
        bench.time.run(1_000);
        assertThat(first).isCompleted();
        assertThat(text(second.get().body())).isEqualTo("again");
    }

    @Test
    void whoKnowsNothingOfATopicRefuses() {
        assertThat(failure(ask(Topic.CODE, knows)).kind()).isEqualTo(TalkException.Kind.REFUSED);
    }

    @Test
    void anAnswerThatFailsIsARefusal() {
        knows.swarm
                .talks()
                .answer(Topic.CODE, (asker, body) -> CompletableFuture.failedFuture(new IllegalStateException()));
        assertThat(failure(ask(Topic.CODE, knows)).kind()).isEqualTo(TalkException.Kind.REFUSED);
    }

    @Test
    void onlyAFewQuestionsOfAPeerAreOpenAtOnce() {
        List<CompletableFuture<byte @Nullable []>> open = new ArrayList<>();
        knows.swarm.talks().answer(Topic.SECRET, (asker, body) -> {
            CompletableFuture<byte @Nullable []> answer = new CompletableFuture<>();
            open.add(answer);
            return answer;
        });
        List<CompletableFuture<Talks.Answered>> asked = new ArrayList<>();
        for (int i = 0; i < Talks.OPEN_MAX + 3; i++) {
            asked.add(ask(Topic.SECRET, knows));
        }
        bench.time.run(1_000);
        assertThat(open).hasSize(Talks.OPEN_MAX);
        assertThat(asked.stream().filter(CompletableFuture::isCompletedExceptionally))
                .hasSize(3);
        List.copyOf(open).forEach(answer -> answer.complete(QUESTION));
        bench.time.run(1_000);
        assertThat(asked.stream().filter(one -> one.isDone() && !one.isCompletedExceptionally()))
                .hasSize(Talks.OPEN_MAX);
        CompletableFuture<Talks.Answered> next = ask(Topic.SECRET, knows);
        bench.time.run(1_000);
        open.get(open.size() - 1).complete(QUESTION);
        bench.time.run(1_000);
        assertThat(next).isCompleted();
    }

    @Test
    void silenceEndsTheWaitAndALateAnswerIsIgnored() {
        CompletableFuture<byte @Nullable []> late = new CompletableFuture<>();
        knows.swarm.talks().answer(Topic.CATALOGUE, (asker, body) -> late);
        TalkException failure = failure(ask(Topic.CATALOGUE, knows));
        assertThat(failure.kind()).isEqualTo(TalkException.Kind.SILENT);
        late.complete(QUESTION);
        bench.time.run(1_000);
        assertThat(asks.swarm.statistics().sessions()).hasSize(1);
    }

    @Test
    void aPeerThatLeavesOrIsNotThereEndsTheWait() {
        Bench.Peer leaving = bench.peer();
        leaving.swarm.talks().answer(Topic.CATALOGUE, (asker, body) -> {
            leaving.swarm.close();
            return new CompletableFuture<>();
        });
        assertThat(failure(ask(Topic.CATALOGUE, leaving)).kind()).isEqualTo(TalkException.Kind.SILENT);
        TalkException nowhere =
                failure(asks.swarm.talks().ask(null, List.of(Endpoint.parse("10.0.0.9:9")), Topic.CATALOGUE, QUESTION));
        assertThat(nowhere.kind()).isEqualTo(TalkException.Kind.UNREACHABLE);
        assertThat(nowhere.failure()).isNotNull();
        TalkException noAddress = failure(asks.swarm.talks().ask(id(leaving), List.of(), Topic.CATALOGUE, QUESTION));
        assertThat(noAddress.kind()).isEqualTo(TalkException.Kind.UNREACHABLE);
    }

    @Test
    void aNodeThatClosesAnswersItsOwnQuestions() {
        knows.swarm.talks().answer(Topic.CATALOGUE, (asker, body) -> new CompletableFuture<>());
        CompletableFuture<Talks.Answered> open = ask(Topic.CATALOGUE, knows);
        bench.time.run(1_000);
        asks.swarm.close();
        assertThat(failure(open).kind()).isEqualTo(TalkException.Kind.CLOSED);
        assertThat(failure(ask(Topic.CATALOGUE, knows)).kind()).isEqualTo(TalkException.Kind.CLOSED);
    }

    private CompletableFuture<Talks.Answered> ask(Topic topic, Bench.Peer peer) {
        return asks.swarm.talks().ask(id(peer), List.of(peer.end.endpoint()), topic, QUESTION);
    }

    private TalkException failure(CompletableFuture<Talks.Answered> answer) {
        bench.time.run(Talks.ANSWER_MILLIS + 5_000);
        ExecutionException failed = catchThrowableOfType(ExecutionException.class, answer::get);
        return (TalkException) Objects.requireNonNull(failed.getCause());
    }

    private static PeerId id(Bench.Peer peer) {
        return PeerId.of(peer.identity.nodeId());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
