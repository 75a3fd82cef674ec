package io.cairn.transfer.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Key;
import io.cairn.dht.wire.NetworkId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The handshake and the session that follows it, without a network. */
final class PeerSessionTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final NetworkId NETWORK = NetworkId.ofName("test");
    private static final Fingerprint CERTIFICATE_A = fingerprint("a");
    private static final Fingerprint CERTIFICATE_B = fingerprint("b");
    private static final Key SHARE = Key.ofContent(new byte[0]);

    private final Random random = new Random(1);
    private final Identity a = Identity.generate(random);
    private final Identity b = Identity.generate(random);
    private final Handshake handshakeA = new Handshake(a, NETWORK, CERTIFICATE_A, CERTIFICATE_B);
    private final Handshake handshakeB = new Handshake(b, NETWORK, CERTIFICATE_B, CERTIFICATE_A);
    private PeerSession sessionA = handshakeA.session(b.publicKey());
    private PeerSession sessionB = handshakeB.session(a.publicKey());

    @BeforeEach
    void greet() {
        byte[] helloA = handshakeA.hello(b.nodeId(), 4747, "test", NOW);
        assertThat(handshakeB.received(helloA, null, false, NOW)).isInstanceOf(Handshake.Greeted.class);
        byte[] helloB = handshakeB.hello(a.nodeId(), 4747, "test", NOW);
        assertThat(handshakeA.received(helloB, b.nodeId(), true, NOW)).isInstanceOf(Handshake.Greeted.class);
        sessionA = handshakeA.session(b.publicKey());
        sessionB = handshakeB.session(a.publicKey());
    }

    @Test
    void aHelloOfAnotherTlsSessionIsRefused() {
        Handshake elsewhere = new Handshake(a, NETWORK, CERTIFICATE_A, fingerprint("relay"));
        Handshake fresh = new Handshake(b, NETWORK, CERTIFICATE_B, CERTIFICATE_A);
        byte[] relayed = elsewhere.hello(b.nodeId(), 0, "test", NOW);
        assertThat(fresh.received(relayed, null, false, NOW))
                .isEqualTo(new Handshake.Refused(Violation.WRONG_CERTIFICATE));
    }

    @Test
    void anAnswerToADialMustNameTheDialler() {
        Handshake fresh = new Handshake(a, NETWORK, CERTIFICATE_A, CERTIFICATE_B);
        byte[] toNobody = new Handshake(b, NETWORK, CERTIFICATE_B, CERTIFICATE_A).hello(null, 0, "test", NOW);
        assertThat(fresh.received(toNobody, null, true, NOW))
                .isEqualTo(new Handshake.Refused(Violation.WRONG_RECIPIENT));
    }

    @Test
    void aMessageCountsOnce() {
        byte[] frame = sessionA.seal(new PeerMessage.ManifestRequest(SHARE, 0), NOW);
        assertThat(sessionB.received(frame, NOW)).isNotNull();
        assertThat(sessionB.received(frame, NOW)).isNull();
        assertThat(sessionB.lastViolation()).isEqualTo(Violation.REPLAYED);
    }

    @Test
    void aMessageOutsideTheTimeWindowIsDropped() {
        byte[] frame = sessionA.seal(new PeerMessage.ManifestRequest(SHARE, 0), NOW - 301_000);
        assertThat(sessionB.received(frame, NOW)).isNull();
        assertThat(sessionB.lastViolation()).isEqualTo(Violation.STALE);
    }

    @Test
    void aMessageThatWasChangedIsDroppedAndThreeEndTheSession() {
        for (int i = 0; i < ProtocolLimits.VIOLATIONS_MAX; i++) {
            assertThat(sessionB.isBroken()).isFalse();
            byte[] frame = sessionA.seal(new PeerMessage.ManifestRequest(SHARE, i), NOW);
            frame[frame.length - 1] ^= 1;
            assertThat(sessionB.received(frame, NOW)).isNull();
            assertThat(sessionB.lastViolation()).isEqualTo(Violation.BAD_SIGNATURE);
        }
        assertThat(sessionB.isBroken()).isTrue();
    }

    @Test
    void anotherNodeCannotSpeakInTheSession() {
        Identity c = Identity.generate(random);
        PeerSession forged = new Handshake(c, NETWORK, CERTIFICATE_A, CERTIFICATE_B).session(b.publicKey());
        assertThat(sessionB.received(forged.seal(new PeerMessage.ManifestRequest(SHARE, 0), NOW), NOW))
                .isNull();
        assertThat(sessionB.lastViolation()).isEqualTo(Violation.WRONG_SENDER);
    }

    @Test
    void randomAndMutatedFramesNeverGetThrough() {
        for (int i = 0; i < 500; i++) {
            byte[] frame = sessionA.seal(new PeerMessage.Want(SHARE, List.of(i)), NOW);
            frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(sessionB.received(frame, NOW)).isNull();
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            assertThat(sessionB.received(noise, NOW)).isNull();
        }
    }

    @Test
    void onlyWhatWasAskedForMayArrive() {
        assertThat(sessionB.received(sessionA.want(SHARE, List.of(1, 2), List.of(10, 20), NOW), NOW))
                .isNotNull();
        byte[] announcement = sessionB.seal(new PeerMessage.Chunks(SHARE, List.of(2, 1)), NOW);
        assertThat(sessionA.received(announcement, NOW)).isNotNull();
        receive(15);
        assertThat(sessionA.endChunkIfWhole()).isFalse();
        receive(5);
        assertThat(sessionA.endChunkIfWhole()).isTrue();
        assertThat(sessionA.arriving()).isEqualTo(new PeerSession.Arriving(SHARE, 1, 10, 1));
        assertThat(sessionA.expectsData(11)).isFalse();
        assertThat(sessionA.isBroken()).isTrue();
    }

    @Test
    void aRejectInTheMiddleOfAChunkMakesWayForTheNext() {
        assertThat(sessionB.received(sessionA.want(SHARE, List.of(1, 2), List.of(10, 20), NOW), NOW))
                .isNotNull();
        assertThat(sessionA.received(sessionB.seal(new PeerMessage.Chunks(SHARE, List.of(1, 2)), NOW), NOW))
                .isNotNull();
        receive(4);
        PeerMessage reject = new PeerMessage.Reject(SHARE, List.of(1), PeerMessage.Reason.NOT_HAD);
        assertThat(sessionA.received(sessionB.seal(reject, NOW), NOW)).isEqualTo(reject);
        receive(20);
        assertThat(sessionA.endChunkIfWhole()).isTrue();
        assertThat(sessionA.arriving()).isNull();
    }

    private void receive(int bytes) {
        assertThat(sessionA.expectsData(bytes)).isTrue();
        sessionA.dataReceived(bytes);
    }

    @Test
    void anAnnouncementOfWhatNobodyAskedForEndsTheSession() {
        byte[] announcement = sessionB.seal(new PeerMessage.Chunks(SHARE, List.of(1)), NOW);
        assertThat(sessionA.received(announcement, NOW)).isNull();
        assertThat(sessionA.isBroken()).isTrue();
    }

    private static Fingerprint fingerprint(String of) {
        return Fingerprint.ofCertificate(of.getBytes(StandardCharsets.US_ASCII));
    }
}
