package io.cairn.app.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Contacts.Person;
import io.cairn.app.Contacts.Presence;
import io.cairn.app.Contacts.Reach;
import io.cairn.app.fetch.AppLoop;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** In virtual time: who is said to be reachable has just answered with its id, and everybody is told within ten seconds. */
class PresenceSearchTest {
    private static final long SILENCE_MILLIS = 5_000;
    private static final long LOOKUP_MILLIS = 2_000;
    private static final Endpoint HERE = Endpoint.parse("192.168.1.7:4747");
    private static final Endpoint THERE = Endpoint.parse("192.168.1.8:4747");

    private final Random random = new Random(20_261_130);
    private final Person ann = new Person("ann", NodeId.random(random), 1);
    private final AppLoop loop = new AppLoop();
    private final Map<NodeId, List<Endpoint>> heard = new HashMap<>();
    private final Map<Endpoint, NodeId> answering = new LinkedHashMap<>();
    private final List<Presence> told = new ArrayList<>();
    private final CompletableFuture<Integer> joined = CompletableFuture.completedFuture(1);
    private long lookupMillis = LOOKUP_MILLIS;
    private int lookups;
    private int lookupsAtOnce;
    private int lookupsAtOnceMost;
    private final PresenceSearch search =
            new PresenceSearch(loop, node -> heard.getOrDefault(node, List.of()), this::ping, this::lookUp, told::add);

    @Test
    void whoAnswersWhereItWasHeardIsNotLookedUp() {
        heard.put(ann.node(), List.of(HERE));
        answering.put(HERE, ann.node());
        assertThat(result(List.of(ann), 500)).containsExactly(new Presence(ann, Reach.REACHABLE, HERE));
        loop.run(20_000);
        assertThat(lookups).isZero();
        assertThat(told).hasSize(1);
        assertThat(loop.waiting()).isZero();
    }

    @Test
    void whoIsElsewhereNowIsFoundByItsId() {
        heard.put(ann.node(), List.of(HERE));
        answering.put(THERE, ann.node());
        assertThat(result(List.of(ann), 4_000)).containsExactly(new Presence(ann, Reach.REACHABLE, THERE));
    }

    @Test
    void anotherNodeAtItsAddressIsNotIt() {
        heard.put(ann.node(), List.of(HERE));
        answering.put(HERE, NodeId.random(random));
        assertThat(result(List.of(ann), 9_500)).containsExactly(new Presence(ann, Reach.SILENT, null));
    }

    @Test
    void whoAnswersNowhereIsSilentOnlyAfterAllWasTried() {
        heard.put(ann.node(), List.of(HERE, THERE));
        CompletableFuture<List<Presence>> result = search.start(List.of(ann), joined);
        loop.run(SILENCE_MILLIS - 100);
        assertThat(result).isNotDone();
        loop.run(200);
        assertThat(result.join()).containsExactly(new Presence(ann, Reach.SILENT, null));
    }

    @Test
    void whoIsNotFoundInTimeIsUnknown() {
        lookupMillis = 60_000;
        assertThat(result(List.of(ann), 9_500)).containsExactly(new Presence(ann, Reach.UNKNOWN, null));
    }

    @Test
    void lookUpsWaitForTheNetwork() {
        answering.put(THERE, ann.node());
        CompletableFuture<Integer> joining = new CompletableFuture<>();
        CompletableFuture<List<Presence>> result = search.start(List.of(ann), joining);
        loop.run(3_000);
        assertThat(lookups).isZero();
        joining.complete(1);
        loop.run(LOOKUP_MILLIS + 1);
        assertThat(result.join()).containsExactly(new Presence(ann, Reach.REACHABLE, THERE));
    }

    @Test
    void manyAreLookedUpAFewAtATimeAndToldInOrder() {
        List<Person> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(new Person("c" + i, NodeId.random(random), i));
        }
        assertThat(result(many, 9_500)).extracting(Presence::person).isEqualTo(many);
        assertThat(told).hasSize(100);
        assertThat(lookupsAtOnceMost).isEqualTo(PresenceSearch.LOOKUPS_MAX);
        assertThat(told.stream().filter(one -> one.reach() == Reach.UNKNOWN)).isNotEmpty();
        loop.run(60_000);
        assertThat(told).hasSize(100);
    }

    @Test
    void withoutContactsItEndsAtOnce() {
        assertThat(search.start(List.of(), joined).join()).isEmpty();
    }

    private List<Presence> result(List<Person> people, long withinMillis) {
        CompletableFuture<List<Presence>> result = search.start(people, joined);
        assertThat(loop.runUntil(result::isDone, withinMillis)).isTrue();
        return result.join();
    }

    private CompletionStage<Contact> ping(Endpoint endpoint) {
        CompletableFuture<Contact> answer = new CompletableFuture<>();
        NodeId node = answering.get(endpoint);
        if (node == null) {
            loop.schedule(SILENCE_MILLIS, () -> answer.completeExceptionally(new TimeoutException("silent")));
        } else {
            loop.schedule(5, () -> answer.complete(new Contact(node, endpoint)));
        }
        return answer;
    }

    private CompletableFuture<Optional<Endpoint>> lookUp(NodeId node) {
        CompletableFuture<Optional<Endpoint>> found = new CompletableFuture<>();
        lookups++;
        lookupsAtOnce++;
        lookupsAtOnceMost = Math.max(lookupsAtOnceMost, lookupsAtOnce);
        loop.schedule(lookupMillis, () -> {
            lookupsAtOnce--;
            found.complete(answering.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(node))
                    .map(Map.Entry::getKey)
                    .findFirst());
        });
        return found;
    }
}
