package io.cairn.transfer.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.wire.MalformedException;
import io.cairn.transfer.protocol.PeerMessage;
import io.cairn.transfer.protocol.PeerMessageCodec;
import io.cairn.transfer.protocol.PeerMessageExamples;
import java.util.Arrays;
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

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EveryPeerMessageIsHandledTest::kinds)
                : Stream.of(type);
    }
}
