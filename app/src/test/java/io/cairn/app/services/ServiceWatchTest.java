package io.cairn.app.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Services.End;
import io.cairn.app.Services.Event;
import io.cairn.app.fetch.AppLoop;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.service.Discovery;
import io.cairn.dht.service.DiscoveryReport;
import io.cairn.dht.service.FoundService;
import io.cairn.dht.wire.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** In virtual time: what a watch tells of services that come, change, and go in each of the three ways. */
class ServiceWatchTest {
    private static final long SILENCE_MILLIS = 5_000;
    private static final long TTL_MILLIS = 600_000;
    private static final NodeId NODE = NodeId.random(new Random(1));
    private static final Endpoint NEARBY = Endpoint.parse("192.168.1.7:4747");
    private static final Endpoint FAR = Endpoint.parse("203.0.113.7:4747");

    private final AppLoop loop = new AppLoop();
    private final Map<String, FoundService> published = new LinkedHashMap<>();
    private final List<Event> told = new ArrayList<>();
    private boolean answers = true;
    private boolean isOnline = true;
    private int searches;
    private int cancelled;
    private final ServiceWatch watch = new ServiceWatch(loop, loop, this::search, List::of, this::ping, told::add);

    @Test
    void aServiceIsToldOnceAndAgainWhenItChanges() {
        publish("office", "ipp://one", NEARBY);
        CompletableFuture<DiscoveryReport> never = watch.start();
        loop.run(20_000);
        assertThat(told).hasSize(1);
        publish("office", "ipp://two", NEARBY);
        loop.run(20_000);
        assertThat(told).hasSize(2).allMatch(event -> event instanceof Event.Found);
        assertThat(never).isNotDone();
    }

    @Test
    void whatIsWithdrawnIsGoneAfterTwoSearchesThatMissIt() {
        publish("office", "ipp://one", NEARBY);
        CompletableFuture<DiscoveryReport> unused = watch.start();
        loop.run(1_000);
        published.clear();
        loop.run(10_000);
        assertThat(told).last().isEqualTo(new Event.Gone(NODE, "office", End.WITHDRAWN));
        assertThat(told).hasSize(2);
    }

    @Test
    void aNodeNearbyThatFallsSilentIsGoneWithin15Seconds() {
        publish("office", "ipp://one", NEARBY);
        publish("attic", "ipp://two", NEARBY);
        CompletableFuture<DiscoveryReport> unused = watch.start();
        loop.run(1_000);
        answers = false;
        assertThat(loop.runUntil(() -> told.size() == 4, 15_000)).isTrue();
        assertThat(told.subList(2, 4))
                .containsExactlyInAnyOrder(
                        new Event.Gone(NODE, "office", End.SILENT), new Event.Gone(NODE, "attic", End.SILENT));
    }

    @Test
    void aSilentNodeIsFoundAgainOnlyWhenItAnnouncesAgain() {
        publish("office", "ipp://one", NEARBY);
        CompletableFuture<DiscoveryReport> unused = watch.start();
        loop.run(1_000);
        answers = false;
        loop.run(60_000);
        assertThat(told).hasSize(2);
        answers = true;
        publish("office", "ipp://one", NEARBY);
        loop.run(10_000);
        assertThat(told).hasSize(3).last().isInstanceOf(Event.Found.class);
    }

    @Test
    void aNodeFarAwayIsNotAskedAndItsServiceEndsWithItsAnnouncement() {
        publish("office", "ipp://one", FAR);
        answers = false;
        CompletableFuture<DiscoveryReport> unused = watch.start();
        loop.run(TTL_MILLIS - 10_000);
        assertThat(told).hasSize(1);
        published.clear();
        isOnline = false;
        loop.run(20_000);
        assertThat(told).last().isEqualTo(new Event.Gone(NODE, "office", End.EXPIRED));
    }

    @Test
    void searchesThatNobodyAnswersEndNothing() {
        publish("office", "ipp://one", FAR);
        CompletableFuture<DiscoveryReport> unused = watch.start();
        loop.run(1_000);
        published.clear();
        isOnline = false;
        loop.run(60_000);
        assertThat(told).hasSize(1);
    }

    @Test
    void aStoppedWatchAsksNobody() {
        publish("office", "ipp://one", NEARBY);
        CompletableFuture<DiscoveryReport> unused = watch.start();
        loop.run(1_000);
        watch.stop();
        int before = searches;
        loop.run(60_000);
        assertThat(searches).isEqualTo(before);
        assertThat(cancelled).isEqualTo(1);
        assertThat(loop.waiting()).isZero();
    }

    /** As a publisher: each publication is later than those before. */
    private void publish(String id, String endpoint, Endpoint heardAt) {
        Service service = new Service(id, List.of("printer"), endpoint, Map.of());
        published.put(
                id,
                new FoundService(service, NODE, loop.wallMillis(), loop.wallMillis() + TTL_MILLIS, List.of(heardAt)));
    }

    private Runnable search(Discovery.Listener listener) {
        searches++;
        loop.schedule(10, () -> {
            List.copyOf(published.values()).forEach(listener::found);
            listener.ended(new DiscoveryReport(published.size(), 1, 4, isOnline ? 4 : 0, true, 10));
        });
        return () -> cancelled++;
    }

    private CompletionStage<Contact> ping(Endpoint endpoint) {
        CompletableFuture<Contact> answer = new CompletableFuture<>();
        loop.schedule(answers ? 5 : SILENCE_MILLIS, () -> {
            if (answers) {
                answer.complete(new Contact(NODE, endpoint));
            } else {
                answer.completeExceptionally(new TimeoutException("silence"));
            }
        });
        return answer;
    }
}
