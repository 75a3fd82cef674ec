package io.cairn.dht.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Key;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EveryMessageSurvivesTheWireTest {
    private final Samples samples = new Samples(1);
    private final DatagramCodec codec = new DatagramCodec(samples.alice);

    @Test
    void whatIsSealedComesOutAsItWas() throws MalformedException {
        for (int round = 0; round < 5; round++) {
            for (Message message : samples.everyMessage()) {
                Datagram datagram = samples.datagram(message);
                Envelopes.Arrived arrived = new DatagramCodec(samples.bob).open(codec.seal(datagram));
                assertThat(arrived.claimedHeader()).isEqualTo(datagram.header());
                Samples.assertSame(arrived.verify(), datagram);
            }
        }
    }

    @Test
    void everyKindHasASample() {
        assertThat(samples.everyMessage())
                .extracting(message -> (Object) message.getClass())
                .containsAll(kinds(Message.class).toList());
    }

    @Test
    void everyRecordTypeAndRefusalSurvives() throws MalformedException {
        for (RecordType type : RecordType.values()) {
            survives(new Message.FindValue(Key.random(samples.random), type));
        }
        for (Message.Refusal refusal : Message.Refusal.values()) {
            survives(new Message.Stored(0, refusal));
        }
    }

    private void survives(Message message) throws MalformedException {
        Datagram datagram = samples.datagram(message);
        Samples.assertSame(
                new DatagramCodec(samples.bob).open(codec.seal(datagram)).verify(), datagram);
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EveryMessageSurvivesTheWireTest::kinds)
                : Stream.of(type);
    }

    @Test
    void recordsThatTravelledStillProveTheirPublisher() throws MalformedException {
        Message.Values values = new Message.Values(List.of(samples.record(32, 21), samples.record(5, 0)), 2, List.of());
        Datagram arrived = codec.open(codec.seal(samples.datagram(values))).verify();
        assertThat(arrived).isNotNull();
        assertThat(((Message.Values) arrived.message()).records()).allMatch(SignedRecord::isSignedByPublisher);
        Datagram stored = codec.open(codec.seal(samples.datagram(new Message.Store(samples.batch(32, 21)))))
                .verify();
        assertThat(stored).isNotNull();
        assertThat(((Message.Store) stored.message()).batch().isSignedByPublisher())
                .isTrue();
    }

    @Test
    void paddingReachesTheSizeAskedForAndChangesNothing() throws MalformedException {
        for (Message message : samples.everyMessage()) {
            Datagram datagram = samples.datagram(message);
            int bare = codec.seal(datagram).sizeBytes();
            for (int bytesMin = 0; bytesMin <= Datagram.BYTES_MAX; bytesMin += bytesMin < bare ? 50 : 1) {
                SealedPacket packet = codec.sealPadded(datagram, bytesMin);
                int spare = bytesMin > bare && bytesMin > Datagram.BYTES_MAX - 2 ? 2 : 0;
                assertThat(packet.sizeBytes())
                        .isBetween(Math.max(bare, bytesMin) - spare, Math.min(Math.max(bare, bytesMin + 2), 1_200));
                if (bytesMin % 200 == 0) {
                    Samples.assertSame(codec.open(packet).verify(), datagram);
                }
            }
        }
    }

    @Test
    void paddingIsExactAlsoWhereHeaderFieldsAreZero() {
        Header zeros = new Header(Samples.NETWORK, 0, samples.alice.publicKey(), null, 0);
        assertThat(codec.sealPadded(new Datagram(zeros, null, new Message.Ping()), 600)
                        .sizeBytes())
                .isEqualTo(600);
    }

    @Test
    void mistakesOfTheProgramAreRefused() {
        Datagram tooLong = samples.datagram(new Message.Store(samples.batch(32, Statement.VALUE_BYTES_MAX)));
        assertThatIllegalArgumentException().isThrownBy(() -> codec.seal(tooLong));
        Datagram tooMany = samples.datagram(new Message.Nodes(samples.contacts(WireSizes.CONTACTS_MAX + 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> codec.seal(tooMany));
        Datagram moreThanHeld = samples.datagram(new Message.Values(List.of(samples.record(1, 0)), 0, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> codec.seal(moreThanHeld));
        Datagram ping = samples.datagram(new Message.Ping());
        assertThatIllegalArgumentException().isThrownBy(() -> codec.sealPadded(ping, Datagram.BYTES_MAX + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new DatagramCodec(samples.bob).seal(ping));
        Packet foreign = () -> 200;
        assertThatThrownBy(() -> codec.open(foreign)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPacketCannotBeChangedFromOutside() {
        byte[] bytes = {1, 2, 3};
        SealedPacket packet = SealedPacket.of(bytes);
        bytes[0] = 9;
        packet.toBytes()[1] = 9;
        assertThat(packet).isEqualTo(SealedPacket.of(new byte[] {1, 2, 3})).hasToString("010203");
        assertThat(packet.sizeBytes()).isEqualTo(3);
    }
}
