package io.cairn.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Check;
import io.cairn.app.Check.Level;
import io.cairn.app.doctor.Attempt.Verdict;
import io.cairn.dht.DialBack;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.swarm.peer.DialBacks;
import io.cairn.transfer.swarm.port.DialBackEnd;
import io.cairn.transfer.swarm.port.DialFailure;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReachIsJudgedByWhatPeersFoundTest {
    private static final Endpoint NEAR = Endpoint.parse("192.168.1.7:4747");
    private static final Endpoint FAR = Endpoint.parse("203.0.113.9:4747");
    private static final Endpoint OWN = Endpoint.parse("192.168.1.5:4747");

    private final ReachCheck udp = new ReachCheck(ReachCheck.UDP, 4747, false);
    private final ReachCheck tcp = new ReachCheck(ReachCheck.TCP, 4747, false);

    @Test
    void oneThatReachesItIsEnough() {
        Check check = udp.judge(List.of(at(NEAR, Verdict.REACHED), at(NEAR, Verdict.CUT_OFF)));
        assertThat(check).isEqualTo(Check.ok("udp", "UDP port 4747 is reached by 1 of 2 peers asked"));
    }

    @Test
    void noneThatReachesItIsBadAndTheFirewallIsTheRemedy() {
        Check check = udp.judge(List.of(at(NEAR, Verdict.CUT_OFF), at(NEAR, Verdict.SILENT)));
        assertThat(check.level()).isEqualTo(Level.BAD);
        assertThat(check.detail()).startsWith("no peer asked reaches UDP port 4747");
        assertThat(check.next()).isEqualTo("let UDP port 4747 through the firewall of this machine");
    }

    @Test
    void behindARouterForwardingIsTheRemedy() {
        Check check = new ReachCheck(ReachCheck.TCP, 4747, true).judge(List.of(at(FAR, Verdict.CUT_OFF)));
        assertThat(check.level()).isEqualTo(Level.BAD);
        assertThat(check.next()).isEqualTo("let the router forward TCP port 4747 to this machine");
    }

    @Test
    void aRefusedConnectionEndsElsewhere() {
        assertThat(tcp.judge(List.of(at(FAR, Verdict.REFUSED))).detail()).contains("ends at another machine");
    }

    @Test
    void thatOnlyTheLocalNetworkReachesItIsAWarning() {
        Check check = udp.judge(List.of(at(NEAR, Verdict.REACHED), at(FAR, Verdict.CUT_OFF)));
        assertThat(check.level()).isEqualTo(Level.WARNING);
        assertThat(check.detail()).endsWith("none of them on the internet");
        assertThat(check.next()).contains("forward UDP port 4747");
        assertThat(udp.judge(List.of(at(FAR, Verdict.REACHED), at(NEAR, Verdict.CUT_OFF)))
                        .level())
                .isEqualTo(Level.OK);
    }

    @Test
    void whatNobodyTellsIsAWarning() {
        assertThat(udp.judge(List.of(at(NEAR, Verdict.SILENT), at(FAR, Verdict.SILENT))))
                .isEqualTo(Check.warning(
                        "udp",
                        "none of the 2 peers asked answers: they are gone, or run an older version",
                        "try again later, and update cairn on the other machines"));
        assertThat(udp.judge(List.of(at(NEAR, Verdict.SILENT), at(FAR, Verdict.DECLINED))))
                .isEqualTo(Check.warning(
                        "udp",
                        "not known: the peer at 192.168.1.7:4747 does not answer: it is gone, or runs an older version;"
                                + " the peer at 203.0.113.9:4747 declines, as it dials back rarely",
                        "try again in ten seconds"));
    }

    @Test
    void peersThatAnswerByUdpAloneShowThatTcpIsFiltered() {
        Check check = tcp.judge(List.of(at(NEAR, Verdict.NO_SESSION), at(FAR, Verdict.NO_SESSION)));
        assertThat(check.level()).isEqualTo(Level.BAD);
        assertThat(check.detail())
                .isEqualTo("UDP reaches 192.168.1.7:4747, but TCP does not: a firewall likely drops TCP");
    }

    @Test
    void aSessionThatFailsForAnotherReasonIsNoFirewall() {
        DialFailure full = new DialFailure(DialFailure.Kind.NOT_GREETED, "closes the connection");
        Attempt refused = Attempt.of(new DialBacks.Report(FAR, null, full));
        Check check = tcp.judge(List.of(at(NEAR, Verdict.NO_SESSION), refused));
        assertThat(check.level()).isEqualTo(Level.WARNING);
        assertThat(check.detail())
                .isEqualTo("no peer could be asked: the peer at 203.0.113.9:4747 closes the connection");
        assertThat(udp.alone(List.of("nobody answers at h:1"), List.of(refused)).detail())
                .isEqualTo("no peer to ask: nobody answers at h:1");
    }

    @Test
    void overTcpOnlyThatSomethingListensIsKnown() {
        assertThat(tcp.judge(List.of(at(NEAR, Verdict.REACHED), at(NEAR, Verdict.CUT_OFF))))
                .isEqualTo(Check.ok(
                        "tcp",
                        "TCP port 4747 is open to 1 of 2 peers asked, at the address where peers see this node"));
    }

    @Test
    void aBootstrapNodeThatAnswersByTcpAloneShowsThatUdpIsFiltered() {
        List<Attempt> byTcp = List.of(at(FAR, Verdict.REACHED));
        assertThat(udp.alone(List.of("nobody answers"), byTcp).detail())
                .isEqualTo("TCP reaches 203.0.113.9:4747, but UDP does not: a firewall likely drops UDP");
        assertThat(udp.alone(List.of("nobody answers"), byTcp).level()).isEqualTo(Level.BAD);
        assertThat(tcp.alone(List.of("nobody answers"), byTcp).level()).isEqualTo(Level.OK);
    }

    @Test
    void withoutAPeerNothingIsKnown() {
        for (ReachCheck check : List.of(udp, tcp)) {
            assertThat(check.alone(List.of(), List.of()).level()).isEqualTo(Level.WARNING);
            assertThat(check.alone(List.of(), List.of()).detail()).isEqualTo("no peer to ask");
            assertThat(check.alone(List.of("nobody answers at h:1"), List.of(at(FAR, Verdict.NO_SESSION)))
                            .detail())
                    .isEqualTo("no peer to ask: nobody answers at h:1");
        }
    }

    @Test
    void whatBothLayersReportBecomesAnAttempt() {
        Contact helper = new Contact(NodeId.random(new Random(1)), NEAR);
        assertThat(Stream.of(DialBack.Outcome.values())
                        .map(outcome ->
                                Attempt.of(new DialBack(helper, outcome, OWN)).verdict()))
                .containsExactly(Verdict.REACHED, Verdict.CUT_OFF, Verdict.DECLINED, Verdict.SILENT);
        assertThat(Stream.of(DialBackEnd.values())
                        .map(end -> Attempt.of(new DialBacks.Report(NEAR, end, null))
                                .verdict()))
                .containsExactly(Verdict.REACHED, Verdict.REFUSED, Verdict.CUT_OFF, Verdict.CUT_OFF, Verdict.DECLINED);
        assertThat(Attempt.of(new DialBacks.Report(NEAR, null, null)).verdict()).isEqualTo(Verdict.SILENT);
        DialFailure failure = new DialFailure(DialFailure.Kind.TIMED_OUT, "does not answer");
        assertThat(Attempt.of(new DialBacks.Report(NEAR, null, failure)).verdict())
                .isEqualTo(Verdict.NO_SESSION);
        assertThat(Stream.of(DialFailure.Kind.values())
                        .filter(kind -> Attempt.of(new DialBacks.Report(NEAR, null, new DialFailure(kind, "is")))
                                        .verdict()
                                == Verdict.NO_SESSION))
                .containsExactly(DialFailure.Kind.UNREACHABLE, DialFailure.Kind.TIMED_OUT);
    }

    private static Attempt at(Endpoint helper, Verdict verdict) {
        return new Attempt(helper, verdict, null, "");
    }
}
