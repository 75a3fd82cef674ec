package io.cairn.transfer.net.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which stranger is displaced by another. */
final class StrangersTest {
    private final Strangers strangers = new Strangers(4);
    private final List<String> closed = new ArrayList<>();

    @Test
    void theBusiestNetworkLosesAPlaceHoweverFarItHasCome() throws Exception {
        strangers.advanced(came("192.0.2.1"), Strangers.Progress.ANSWERED);
        strangers.advanced(came("192.0.2.2"), Strangers.Progress.ANSWERED);
        came("198.51.100.1");
        came("203.0.113.1");
        came("203.0.114.1");
        assertThat(closed).containsExactly("192.0.2.1");
    }

    @Test
    void inANetworkTheBusiestAddressLosesAPlace() throws Exception {
        strangers.advanced(came("192.0.2.9"), Strangers.Progress.ANSWERED);
        came("192.0.2.1");
        came("192.0.2.9");
        came("192.0.2.2");
        came("192.0.2.3");
        assertThat(closed).containsExactly("192.0.2.9");
        assertThat(strangers.count()).isEqualTo(4);
    }

    @Test
    void ofTheOlderHalfTheLeastProgressGoesFirstAndThenTheOldest() throws Exception {
        strangers.advanced(came("192.0.2.1"), Strangers.Progress.ANSWERED);
        strangers.advanced(came("192.0.2.2"), Strangers.Progress.BEGUN);
        came("192.0.2.3");
        came("192.0.2.4");
        came("192.0.2.5");
        assertThat(closed).containsExactly("192.0.2.2");
    }

    @Test
    void whoHasJustComeIsNotDisplacedByThoseThatCameFurtherLongAgo() throws Exception {
        for (int i = 0; i < 3; i++) {
            strangers.advanced(came("192.0.2.1"), Strangers.Progress.ANSWERED);
        }
        Strangers.Stranger honest = strangers.came(InetAddress.getByName("192.0.2.1"), () -> closed.add("honest"));
        came("192.0.2.1");
        strangers.advanced(honest, Strangers.Progress.BEGUN);
        came("192.0.2.1");
        assertThat(closed).containsExactly("192.0.2.1", "192.0.2.1");
    }

    @Test
    void whoComesIsNeverTheOneThatGoes() throws Exception {
        for (String address : List.of("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4")) {
            strangers.advanced(came(address), Strangers.Progress.BEGUN);
        }
        came("192.0.2.5");
        assertThat(closed).containsExactly("192.0.2.1");
    }

    @Test
    void anIpv6NetworkIsOneGroup() throws Exception {
        came("2001:db8::1");
        came("2001:db8:0:1::1");
        came("2001:db8:0:2:a::1");
        came("2001:db8:0:2:b::1");
        came("2001:db8:0:3::1");
        assertThat(closed).containsExactly("2001:db8:0:2:a::1");
    }

    @Test
    void loopbackAddressesAreNotOneGroup() throws Exception {
        came("127.0.0.1");
        came("127.0.0.2");
        came("192.0.2.1");
        came("192.0.2.2");
        came("127.0.0.3");
        assertThat(closed).containsExactly("192.0.2.1");
    }

    @Test
    void whoHasLeftTakesNoPlace() throws Exception {
        Strangers.Stranger first = came("192.0.2.1");
        came("192.0.2.2");
        came("192.0.2.3");
        came("192.0.2.4");
        strangers.left(first);
        came("192.0.2.5");
        assertThat(closed).isEmpty();
        assertThat(strangers.count()).isEqualTo(4);
    }

    private Strangers.Stranger came(String address) throws UnknownHostException {
        return strangers.came(InetAddress.getByName(address), () -> closed.add(address));
    }
}
