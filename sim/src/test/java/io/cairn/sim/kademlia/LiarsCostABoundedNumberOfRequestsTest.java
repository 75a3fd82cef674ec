package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.Dht;
import io.cairn.dht.FoundRecord;
import io.cairn.dht.SearchReport;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.env.Environment;
import io.cairn.dht.id.Key;
import io.cairn.dht.service.Discovery;
import io.cairn.dht.service.DiscoveryReport;
import io.cairn.dht.service.FoundService;
import io.cairn.dht.service.ServiceDirectory;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.Service;
import io.cairn.dht.wire.ServiceList;
import io.cairn.dht.wire.SignedRecord;
import io.cairn.dht.wire.Statement;
import io.cairn.sim.network.LinkModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A node that knows only liars asks them for services. */
class LiarsCostABoundedNumberOfRequestsTest {
    private static final int LIARS = 10;
    private static final int PAGES_MAX = 128;

    private final Simulation simulation = new Simulation(91, LinkModel.lan());
    private final SimulatedNode asker = simulation.addNode();
    private final List<Stranger> liars =
            IntStream.range(0, LIARS).mapToObj(i -> new Stranger(simulation, i)).toList();
    private final List<Identity> madeUp =
            IntStream.range(0, 3).mapToObj(i -> identity(1_000 + i)).toList();

    @Test
    void whoClaimsTwoBillionRecordsAndShowsNoneIsAskedTwice() {
        int asked = search(find -> new Message.Values(List.of(), Integer.MAX_VALUE, List.of()));
        assertThat(asked).isLessThanOrEqualTo(2 * LIARS);
        Ended ended = discover();
        assertThat(ended.report.lookups()).isOne();
    }

    @Test
    void whoTurnsItsPagesInACircleIsLeft() {
        int asked = search(find -> new Message.Values(List.of(record(find.key(), 0)), Integer.MAX_VALUE, List.of()));
        assertThat(asked).isLessThanOrEqualTo(3 * LIARS);
    }

    @Test
    void whoMakesRecordsUpFillsOnlySoManyPages() {
        SplittableRandom random = new SplittableRandom(92);
        int asked = search(find -> new Message.Values(
                List.of(record(find.key(), Identity.generate(random), 1)), Integer.MAX_VALUE, List.of()));
        assertThat(asked).isLessThanOrEqualTo(LIARS + PAGES_MAX);
    }

    @Test
    void pagesThatDoNotExistCostOneLookUpForEachPublisher() {
        answer(find -> new Message.Values(
                find.after() == null ? List.of(record(find.key(), 0), record(find.key(), 1)) : List.of(),
                2,
                List.of()));
        Ended ended = discover();
        assertThat(ended.services).hasSize(2);
        assertThat(ended.report.lookups()).isBetween(3, 2 + 2 * ServiceList.PAGES_MAX);
    }

    /** Records made up for every key make a whole tree; the search ends all the same, and says that it is not complete. */
    @Test
    void aTreeWithoutEndIsCut() {
        Map<Key, List<SignedRecord>> madeUpUnder = new HashMap<>();
        answer(find -> new Message.Values(
                madeUpUnder.computeIfAbsent(
                        find.key(),
                        key -> madeUp.stream().map(by -> record(key, by, 1)).toList()),
                madeUp.size(),
                List.of()));
        Ended ended = discover();
        assertThat(ended.report.lookups()).isLessThanOrEqualTo(4_096);
        assertThat(ended.report.isComplete()).isFalse();
        assertThat(ended.services).hasSize(madeUp.size());
    }

    private int search(Function<Message.FindValue, Message.Response> lie) {
        answer(lie);
        List<SearchReport> ended = new ArrayList<>();
        asker.dht().search(RecordType.SERVICE, simulation.randomKey(), new Dht.RecordListener() {
            @Override
            public void found(FoundRecord found) {}

            @Override
            public void ended(SearchReport report) {
                ended.add(report);
            }
        });
        simulation.runUntil(() -> !ended.isEmpty());
        return asked();
    }

    private Ended discover() {
        Environment environment = asker.environment();
        Ended ended = new Ended();
        new ServiceDirectory(asker.dht(), environment.clock(), environment.scheduler(), environment.random())
                .discover(List.of("print"), 1_000, ended);
        simulation.runUntil(() -> ended.report.lookups() > 0);
        return ended;
    }

    private void answer(Function<Message.FindValue, Message.Response> lie) {
        for (Stranger liar : liars) {
            liar.answer(request ->
                    request instanceof Message.FindValue find ? lie.apply(find) : new Message.Nodes(List.of()));
        }
        asker.dht().adopt(liars.stream().map(Stranger::contact).toList());
    }

    private int asked() {
        return (int) liars.stream()
                .flatMap(liar -> liar.requests().stream())
                .filter(Message.FindValue.class::isInstance)
                .count();
    }

    private SignedRecord record(Key key, int publisher) {
        return record(key, madeUp.get(publisher), ServiceList.PAGES_MAX);
    }

    private SignedRecord record(Key key, Identity by, int pages) {
        long wallMillis = asker.environment().clock().wallMillis();
        Service service = new Service("s", List.of("print"), "tcp://10.0.0.9:1", Map.of());
        Statement statement = new Statement(
                RecordType.SERVICE,
                by.publicKey(),
                new ServiceList(List.of(service), pages).encode(),
                wallMillis,
                wallMillis + 60_000);
        return RecordBatch.sign(by, statement, List.of(key)).record(0);
    }

    private static Identity identity(int number) {
        return Identity.generate(new SplittableRandom(number));
    }

    private static final class Ended implements Discovery.Listener {
        private final List<FoundService> services = new ArrayList<>();
        private DiscoveryReport report = new DiscoveryReport(0, 0, 0, 0, false, 0);

        @Override
        public void found(FoundService service) {
            services.add(service);
        }

        @Override
        public void ended(DiscoveryReport ended) {
            report = ended;
        }
    }
}
