package io.cairn.app.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Reason;
import io.cairn.dht.Misfit;
import io.cairn.dht.id.Endpoint;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An address that the user names and where nobody answers: what is heard from there says why. */
class SilenceIsExplainedByWhatIsHeardTest {
    private static final InetAddress NAMED = Endpoint.parseAddress("192.0.2.8");

    @Test
    void anotherKey() {
        assertThat(Diagnosis.ofSilence(NAMED, List.of(Misfit.unopened(NAMED)))).hasValueSatisfying(known -> {
            assertThat(known.why()).isEqualTo("denied: 192.0.2.8 uses another network or key");
            assertThat(known.isDenied()).isTrue();
        });
    }

    @Test
    void anotherNetworkClockOrVersion() {
        assertThat(reason(new Misfit(NAMED, 0))).isEqualTo(Reason.JOIN_THE_SAME_NETWORK);
        assertThat(reason(new Misfit(NAMED, 600_000))).isEqualTo(Reason.SET_THE_CLOCK);
        assertThat(reason(new Misfit(NAMED, 0, null, 2))).isEqualTo(Reason.UPDATE_THE_OLDER_VERSION);
    }

    @Test
    void whatAnotherMachineSendsExplainsNothing() {
        assertThat(Diagnosis.ofSilence(NAMED, List.of(Misfit.unopened(Endpoint.parseAddress("192.0.2.9")))))
                .isEmpty();
    }

    private static Reason reason(Misfit misfit) {
        return Diagnosis.ofSilence(NAMED, List.of(misfit)).orElseThrow().next().reason();
    }
}
