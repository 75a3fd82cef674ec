package io.cairn.transfer.net.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.dht.wire.MalformedException;
import io.cairn.transfer.protocol.PeerMessage;
import io.cairn.transfer.protocol.PeerMessageCodec;
import io.cairn.transfer.protocol.PeerMessageExamples;
import io.cairn.transfer.swarm.port.Said;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Walks the sealed type, so that a new kind of message fails here until the examples, the codec and the inbox know it. */
final class EveryPeerMessageIsHandledTest {
    @Test
    void everyKindHasAnExampleThatTheSpecificationShows() {
        assertThat(PeerMessageExamples.byName().values())
                .extracting(message -> (Object) message.getClass())
                .containsExactlyInAnyOrderElementsOf(
                        kinds(PeerMessage.class).map(kind -> (Object) kind).toList());
    }

    @Test
    void everyKindTravelsAndHasAWeightWhileItWaits() throws MalformedException {
        for (PeerMessage message : PeerMessageExamples.byName().values()) {
            assertThat(PeerMessageCodec.decode(PeerMessageCodec.encode(message)))
                    .isEqualTo(message);
            assertThat(MessageWeight.of(message)).as(message.toString()).isPositive();
        }
    }

    @Test
    void everyKindButThoseOfTheSessionItselfIsToldToTheSwarm() {
        for (PeerMessage message : PeerMessageExamples.byName().values()) {
            List<Said> heard = new ArrayList<>();
            Said.Ear ear = new Said.Ear() {
                @Override
                protected void said(Said what) {
                    heard.add(what);
                }
            };
            if (message instanceof PeerMessage.Hello || message instanceof PeerMessage.Chunks) {
                assertThatThrownBy(() -> PeerMessages.tell(message, ear)).isInstanceOf(IllegalArgumentException.class);
            } else {
                PeerMessages.tell(message, ear);
                assertThat(heard).as(message.toString()).hasSize(1);
            }
        }
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EveryPeerMessageIsHandledTest::kinds)
                : Stream.of(type);
    }
}
