package io.cairn.sim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cairn.dht.env.Environment;
import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Endpoint;
import io.cairn.sim.kademlia.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NetworksMisbehaveAsToldTest {
    private final EventQueue events = new EventQueue();
    private final SimulatedNetwork network =
            new SimulatedNetwork(events, new SplittableRandom(7), new LinkModel(10, 0, 0));
    private final Station one = new Station(0);
    private final Station two = new Station(1);

    private record Parcel(int sizeBytes) implements Packet {}

    private final class Station {
        private final Endpoint endpoint;
        private final Environment environment;
        private final List<Long> arrivals = new ArrayList<>();
        private final List<Integer> sizes = new ArrayList<>();

        Station(int number) {
            endpoint = Simulation.endpoint(number);
            environment = network.attach(endpoint);
            environment.network().listen((from, packet) -> {
                arrivals.add(events.nowMillis());
                sizes.add(packet.sizeBytes());
            });
        }

        void send(Station to) {
            environment.network().send(to.endpoint, new Parcel(100));
        }
    }

    @Test
    void theMeanRoundTripIsWhatWasAskedAndEachPairHasItsOwn() {
        network.setLink(LinkModel.ofMeanRoundTrip(100));
        List<Station> stations = new ArrayList<>();
        for (int i = 2; i < 302; i++) {
            stations.add(new Station(i));
        }
        double sum = 0;
        int count = 0;
        for (Station from : stations) {
            for (Station to : stations.subList(0, 50)) {
                long sentMillis = events.nowMillis();
                to.arrivals.clear();
                from.send(to);
                events.run(2_000);
                sum += from == to ? 0 : to.arrivals.get(0) - sentMillis;
                count += from == to ? 0 : 1;
            }
        }
        assertThat(2 * sum / count).isCloseTo(100, within(5.0));
        assertThat(LinkModel.ofMeanRoundTrip(100).meanRoundTripMillis()).isCloseTo(100, within(1.5));
    }

    @Test
    void datagramsAreLostDoubledAndOvertakeEachOther() {
        network.setLink(new LinkModel(10, 0, 20, 0.1, 0.2));
        for (int i = 1; i <= 1_000; i++) {
            one.environment.network().send(two.endpoint, new Parcel(i));
            events.run(1);
        }
        events.run(10_000);
        DatagramCounts counts = network.counts();

        assertThat(counts.lost()).isBetween(70L, 130L);
        assertThat(counts.doubled()).isBetween(140L, 220L);
        assertThat(counts.delivered())
                .isEqualTo(1_000 - counts.lost() + counts.doubled())
                .isEqualTo(two.sizes.size());
        assertThat(counts.areConserved()).isTrue();
        assertThat(two.sizes).isNotEqualTo(two.sizes.stream().sorted().toList());
    }

    @Test
    void whoIsBehindANatHearsOnlyThoseItHasSentToLately() {
        network.hideBehindNat(two.endpoint, 30_000);
        one.send(two);
        events.run(100);
        assertThat(two.arrivals).isEmpty();
        two.send(one);
        one.send(two);
        events.run(100);
        assertThat(one.arrivals).hasSize(1);
        assertThat(two.arrivals).hasSize(1);
        events.run(60_000);
        one.send(two);
        events.run(100);
        assertThat(two.arrivals).hasSize(1);
        assertThat(network.counts().unheard()).isEqualTo(2);
    }

    @Test
    void partsOfAPartitionDoNotHearEachOtherUntilItHeals() {
        Station three = new Station(2);
        network.partition(endpoint -> endpoint.equals(two.endpoint) ? 1 : 0);
        one.send(two);
        one.send(three);
        events.run(100);
        network.heal();
        one.send(two);
        events.run(100);

        assertThat(three.arrivals).hasSize(1);
        assertThat(two.arrivals).containsExactly(110L);
    }

    @Test
    void aSuspendedHostDoesAndHearsNothingAndItsClocksPart() {
        List<String> did = new ArrayList<>();
        two.environment.scheduler().schedule(1_000, () -> did.add("at " + events.nowMillis()));
        long aheadMillis =
                two.environment.clock().wallMillis() - two.environment.clock().monotonicMillis();
        events.run(400);
        network.suspend(two.endpoint, 5_000);
        one.send(two);
        events.run(5_000);
        assertThat(did).isEmpty();
        assertThat(two.arrivals).isEmpty();
        one.send(two);
        events.run(5_000);

        assertThat(did).containsExactly("at 6000");
        assertThat(two.arrivals).hasSize(1);
        assertThat(two.environment.clock().wallMillis()
                        - two.environment.clock().monotonicMillis())
                .isEqualTo(aheadMillis + 5_000);
    }

    @Test
    void aDeadHostLeavesNothingBehind() {
        two.environment.scheduler().schedule(1_000, () -> {
            throw new IllegalStateException("the dead act");
        });
        one.send(two);
        network.kill(two.endpoint);
        events.run(5_000);

        assertThat(events.waiting()).isZero();
        assertThat(two.arrivals).isEmpty();
        assertThat(network.counts().unheard()).isEqualTo(1);
        Environment successor = network.attach(two.endpoint);
        assertThat(successor.clock().monotonicMillis()).isEqualTo(5_000 + 0);
    }
}
