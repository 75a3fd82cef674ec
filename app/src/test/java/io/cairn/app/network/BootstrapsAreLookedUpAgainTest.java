package io.cairn.app.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.CairnException;
import io.cairn.app.fetch.AppLoop;
import io.cairn.app.work.Work;
import io.cairn.dht.Dht;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class BootstrapsAreLookedUpAgainTest {
    private static final Contact THERE =
            new Contact(NodeId.random(new SplittableRandom(1)), Endpoint.parse("127.0.0.1:9"));

    private final AppLoop loop = new AppLoop();
    private final Work work = new Work(loop, () -> true);
    private final Surroundings surroundings =
            new Surroundings(List.of(THERE.endpoint().address()), 4747);
    private boolean isThere;
    private int pings;
    private final Dht dht = (Dht) Proxy.newProxyInstance(
            Dht.class.getClassLoader(),
            new Class<?>[] {Dht.class},
            (proxy, method, arguments) -> switch (method.getName()) {
                case "join" -> CompletableFuture.completedFuture(isThere ? 1 : 0);
                case "contacts" -> isThere ? List.of(THERE) : List.of();
                case "ping" -> ping();
                default -> throw new UnsupportedOperationException(method.getName());
            });

    @Test
    void evermoreRarelyUntilItAnswers() throws CairnException {
        Bootstraps bootstraps = begin("127.0.0.1:9");
        assertThat(bootstraps.silent()).singleElement().satisfies(one -> {
            assertThat(one.trouble()).contains("nobody answers over UDP at 127.0.0.1:9");
            assertThat(one.endpoints()).containsExactly(THERE.endpoint());
        });
        assertThat(pings).isEqualTo(1);
        loop.run(5_000);
        loop.settle();
        assertThat(pings).isEqualTo(2);
        int lookups = 3; // one millisecond each
        loop.run(10_000 + 20_000 + 40_000 + lookups);
        assertThat(pings).isEqualTo(5);
        isThere = true;
        loop.run(60_000);
        assertThat(bootstraps.silent()).isEmpty();
        int answered = pings;
        loop.run(600_000);
        assertThat(pings).as("it is a contact, which is enough").isEqualTo(answered);
    }

    @Test
    void againWhenNobodyAnswersAnyMore() throws CairnException {
        isThere = true;
        Bootstraps bootstraps = begin("127.0.0.1:9");
        assertThat(bootstraps.silent()).isEmpty();
        isThere = false;
        loop.run(60_000);
        assertThat(bootstraps.silent()).hasSize(1);
        isThere = true;
        loop.run(5_000);
        assertThat(bootstraps.silent()).isEmpty();
    }

    @Test
    void atOnceOnAnotherNetworkAndNeverAfterTheClose() throws CairnException {
        Bootstraps bootstraps = begin("127.0.0.1:9");
        bootstraps.networkChanged(dht);
        loop.settle();
        assertThat(pings).isEqualTo(2);
        bootstraps.close();
        loop.run(600_000);
        assertThat(pings).isEqualTo(2);
    }

    private Bootstraps begin(String place) throws CairnException {
        Bootstraps bootstraps = new Bootstraps(work, surroundings, Bootstraps.parse(List.of(place)), "--bootstrap");
        CompletableFuture<Integer> joined = bootstraps.join(dht, List.of());
        loop.settle();
        assertThat(joined).isCompleted();
        return bootstraps;
    }

    private CompletableFuture<Contact> ping() {
        pings++;
        return isThere
                ? CompletableFuture.completedFuture(THERE)
                : CompletableFuture.failedFuture(new TimeoutException("nobody"));
    }
}
