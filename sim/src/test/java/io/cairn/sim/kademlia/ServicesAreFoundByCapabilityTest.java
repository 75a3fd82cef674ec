package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cairn.dht.env.Environment;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.service.Discovery;
import io.cairn.dht.service.DiscoveryReport;
import io.cairn.dht.service.FoundService;
import io.cairn.dht.service.ServiceDirectory;
import io.cairn.dht.wire.Service;
import io.cairn.sim.network.LinkModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServicesAreFoundByCapabilityTest {
    private static final long TTL = 600_000;
    private static final int SETTLED = 120_000;

    @Test
    void aServiceIsFoundUnderEachOfItsCapabilitiesHoweverSpelt() {
        Simulation simulation = network(81, 40);
        Service printer =
                new Service("printer", List.of("Print A4", "scan"), "ipp://10.0.0.5/", Map.of("colour", "no"));
        announce(simulation, directory(simulation.node(3)), printer);

        for (String wanted : List.of("print a4", " PRINT\u00a0A4 ", "scan")) {
            assertThat(discover(simulation, simulation.node(20), wanted).services())
                    .singleElement()
                    .satisfies(found -> {
                        assertThat(found.service()).isEqualTo(printer);
                        assertThat(found.publisher())
                                .isEqualTo(simulation.node(3).id());
                        assertThat(found.expiryMillis() - found.sequence()).isEqualTo(TTL);
                    });
        }
        assertThat(discover(simulation, simulation.node(20), "fax").services()).isEmpty();
        assertThat(discover(simulation, simulation.node(3), "scan").services()).hasSize(1);
    }

    @Test
    void severalCapabilitiesAreIntersected() {
        Simulation simulation = network(82, 60);
        for (int i = 0; i < 30; i++) {
            List<String> capabilities = i % 10 == 0 ? List.of("print", "scan") : List.of(i % 2 == 0 ? "print" : "scan");
            announce(simulation, directory(simulation.node(i)), service("s" + i, capabilities));
        }
        simulation.run(SETTLED);
        assertThat(discover(simulation, simulation.node(50), "print", "scan").services())
                .extracting(found -> found.service().id())
                .containsExactlyInAnyOrder("s0", "s10", "s20");
    }

    @Test
    void servicesOfOneNodeThatShareACapabilityFillPages() {
        Simulation simulation = network(83, 40);
        ServiceDirectory directory = directory(simulation.node(3));
        for (int i = 0; i < 12; i++) {
            announce(simulation, directory, longService("s" + i));
        }
        Found found = discover(simulation, simulation.node(20), "print");
        assertThat(found.services())
                .extracting(each -> each.service().id())
                .hasSize(12)
                .doesNotHaveDuplicates();

        for (int i = 0; i < 11; i++) {
            assertThat(directory.withdraw("s" + i)).isPresent();
        }
        simulation.run(5_000);
        assertThat(discover(simulation, simulation.node(20), "print").services())
                .extracting(each -> each.service().id())
                .containsExactly("s11");
    }

    @Test
    void theLongRecordsOfManyAreFoundInASmallNetwork() {
        Simulation simulation = network(84, 3);
        for (int i = 0; i < 60; i++) {
            SimulatedNode announcer = simulation.addNode();
            simulation.await(announcer.dht().join(List.of(simulation.node(0).endpoint())));
            announce(simulation, directory(announcer), longService("s" + i));
        }
        simulation.run(SETTLED);
        assertThat(discover(simulation, simulation.node(1), "print").services())
                .extracting(found -> found.service().id())
                .hasSize(60)
                .doesNotHaveDuplicates();
    }

    @Test
    void whatIsWithdrawnIsGoneAndWhatIsChangedIsFoundChanged() {
        Simulation simulation = network(85, 40);
        ServiceDirectory directory = directory(simulation.node(3));
        announce(simulation, directory, service("a", List.of("print")));
        announce(simulation, directory, service("b", List.of("print", "scan")));
        announce(simulation, directory, service("b", List.of("scan")));
        simulation.run(5_000);
        assertThat(discover(simulation, simulation.node(20), "print").services())
                .extracting(found -> found.service().id())
                .containsExactly("a");

        assertThat(directory.withdraw("a")).isPresent();
        assertThat(directory.withdraw("a")).isEmpty();
        simulation.run(5_000);
        assertThat(discover(simulation, simulation.node(20), "print").services())
                .isEmpty();
        assertThat(directory.announced()).hasSize(1);
    }

    @Test
    void whoDiesIsGoneWithinItsTimeToLiveAndWhoLivesStays() {
        Simulation simulation = network(86, 40);
        announce(simulation, directory(simulation.node(3)), service("dies", List.of("print")));
        announce(simulation, directory(simulation.node(4)), service("lives", List.of("print")));
        simulation.run(10 * TTL + TTL / 3);
        assertThat(discover(simulation, simulation.node(20), "print").services())
                .hasSize(2);

        simulation.kill(simulation.node(3));
        simulation.run(TTL);
        assertThat(discover(simulation, simulation.node(20), "print").services())
                .extracting(found -> found.service().id())
                .containsExactly("lives");
    }

    @Test
    void theAnnouncerItselfShowsItsRecordFirst() {
        Simulation simulation = network(87, 3);
        SimulatedNode announcer = simulation.node(1);
        directory(announcer).announce(service("now", List.of("print")), TTL);
        List<FoundService> services = discover(simulation, announcer, "print").services();
        assertThat(services).isEmpty();
        simulation.run(5_000);
        assertThat(discover(simulation, simulation.node(2), "print").services())
                .first()
                .satisfies(found -> assertThat(found.heardAt()).contains(announcer.endpoint()));
    }

    @Test
    void aServiceThatFitsNoRecordIsRefused() {
        Simulation simulation = network(88, 2);
        ServiceDirectory directory = directory(simulation.node(0));
        Map<String, String> metadata = Map.of("a", "x".repeat(255), "b", "x".repeat(255));
        Service tooLong = new Service("id", List.of("print"), "tcp://x", metadata);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> directory.announce(tooLong, TTL))
                .withMessageContaining("512");
        assertThat(directory.announced()).isEmpty();
    }

    @Test
    void moreThanSixtyFourRecordsOfOneCapabilityAreRefused() {
        Simulation simulation = network(90, 2);
        ServiceDirectory directory = directory(simulation.node(0));
        for (int i = 0; i < 64; i++) {
            directory.announce(longService("s" + i), TTL);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> directory.announce(longService("one more"), TTL))
                .withMessageContaining("64");
        directory.announce(longService("s63"), TTL);
        assertThat(directory.announced()).hasSize(64);
        simulation.run(20_000);
        assertThat(discover(simulation, simulation.node(1), "print").services()).hasSize(64);
    }

    /** A search that is cancelled reports nothing more, and one that wants few ends early. */
    @Test
    void aSearchEndsWhenItHasEnough() {
        Simulation simulation = network(89, 60);
        for (int i = 0; i < 30; i++) {
            announce(simulation, directory(simulation.node(i)), service("s" + i, List.of("print")));
        }
        simulation.run(SETTLED);
        Found few = new Found();
        directory(simulation.node(40)).discover(List.of("print"), 5, few);
        simulation.runUntil(() -> few.report != null);
        assertThat(few.services()).hasSize(5);

        Found none = new Found();
        directory(simulation.node(40)).discover(List.of("print"), 5, none).cancel();
        simulation.run(20_000);
        assertThat(none.services()).isEmpty();
        assertThat(none.report).isNull();
        Found all = discover(simulation, simulation.node(40), "print");
        assertThat(all.services())
                .extracting(FoundService::publisher)
                .hasSize(30)
                .doesNotHaveDuplicates();
    }

    private static Simulation network(long seed, int nodes) {
        Simulation simulation = new Simulation(seed, LinkModel.lan());
        simulation.addNodes(nodes);
        return simulation;
    }

    private static ServiceDirectory directory(SimulatedNode node) {
        Environment environment = node.environment();
        return new ServiceDirectory(node.dht(), environment.clock(), environment.scheduler(), environment.random());
    }

    private static void announce(Simulation simulation, ServiceDirectory directory, Service service) {
        assertThat(simulation.await(directory.announce(service, TTL)).storedOn())
                .isPositive();
    }

    private static Service service(String id, List<String> capabilities) {
        return new Service(id, capabilities, "tcp://10.0.0.1:80", Map.of());
    }

    private static Service longService(String id) {
        return new Service(id, List.of("print"), "tcp://10.0.0.1:80", Map.of("note", "n".repeat(255)));
    }

    private static Found discover(Simulation simulation, SimulatedNode asker, String... capabilities) {
        Found found = new Found();
        directory(asker).discover(List.of(capabilities), 1_000, found);
        simulation.runUntil(() -> found.report != null);
        assertThat(found.services()).hasSize(found.report == null ? -1 : found.report.services());
        return found;
    }

    private static final class Found implements Discovery.Listener {
        private final Map<List<Object>, FoundService> found = new LinkedHashMap<>();
        private @Nullable DiscoveryReport report;

        List<FoundService> services() {
            return new ArrayList<>(found.values());
        }

        @Override
        public void found(FoundService service) {
            NodeId publisher = service.publisher();
            found.put(List.of(publisher, service.service().id()), service);
        }

        @Override
        public void ended(DiscoveryReport ended) {
            report = ended;
        }
    }
}
