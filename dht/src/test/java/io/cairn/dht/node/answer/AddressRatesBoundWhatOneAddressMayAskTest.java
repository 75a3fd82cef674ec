package io.cairn.dht.node.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.kad.KademliaLimits;
import java.net.InetAddress;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AddressRatesBoundWhatOneAddressMayAskTest {
    private static final KademliaLimits.Guard GUARD = KademliaLimits.defaults().guard();

    private final AddressRates rates = new AddressRates(KademliaLimits.defaults());

    @Test
    void aBurstAndThenSoManyASecond() {
        InetAddress address = Endpoint.parseAddress("192.0.2.1");

        assertThat(allowed(address, 100_000, 0)).isEqualTo(GUARD.requestsBurstMax());
        assertThat(allowed(address, 100_000, 1_000)).isEqualTo(GUARD.requestsPerSecondMax());
        assertThat(rates.allows(Endpoint.parseAddress("192.0.2.2"), 1_000)).isTrue();
    }

    @Test
    void addressesOfOneIpv6NetworkCountAsOne() {
        allowed(Endpoint.parseAddress("2001:db8::1"), GUARD.requestsBurstMax(), 0);

        assertThat(rates.allows(Endpoint.parseAddress("2001:db8::2"), 0)).isFalse();
        assertThat(rates.allows(Endpoint.parseAddress("2001:db8:0:1::2"), 0)).isTrue();
    }

    @Test
    void aFloodOfForgedAddressesTakesNoMoreMemory() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 50_000; i++) {
            byte[] address = new byte[4];
            random.nextBytes(address);
            rates.allows(Endpoint.of(address, 1).address(), 0);
            assertThat(rates.addressesTracked()).isLessThanOrEqualTo(2 * GUARD.addressesTrackedMax());
        }
    }

    @Test
    void anAddressThatAsksNoMoreIsForgotten() {
        for (int i = 0; i < 10_000; i++) {
            byte[] address = {10, 0, (byte) (i >> 8), (byte) i};
            rates.allows(Endpoint.of(address, 1).address(), i * 1_000L);
            assertThat(rates.addressesTracked()).isLessThan(10);
        }
    }

    private int allowed(InetAddress address, int requests, long nowMillis) {
        int allowed = 0;
        for (int i = 0; i < requests; i++) {
            allowed += rates.allows(address, nowMillis) ? 1 : 0;
        }
        return allowed;
    }
}
