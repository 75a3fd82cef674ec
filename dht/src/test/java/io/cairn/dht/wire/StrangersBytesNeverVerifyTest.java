package io.cairn.dht.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.codec.binary.Hex;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random and mutated datagrams: the codec throws only {@link MalformedException}, and whatever verifies is what was signed. The seed is
 * fixed; a failure names it with the bytes.
 */
class StrangersBytesNeverVerifyTest {
    private static final long SEED = 20_261_120;

    private final Samples samples = new Samples(SEED);
    private final DatagramCodec codec = new DatagramCodec(samples.alice);

    @Test
    void randomBytes() {
        for (int i = 0; i < 20_000; i++) {
            assertThat(openAndVerify(samples.bytes(samples.random.nextInt(1_300))))
                    .isNull();
        }
    }

    @Test
    void payloadsThatWereSignedButAreNoMessage() {
        List<Message> messages = samples.everyMessage();
        for (int i = 0; i < 20_000; i++) {
            decode(samples.bytes(samples.random.nextInt(200)));
            Message message = messages.get(i % messages.size());
            decode(mutate(MessageCodec.encode(samples.token(), message).toByteArray()));
        }
    }

    @Test
    void mutatedDatagramsVerifyOnlyIfWhatWasSignedIsUntouched() {
        List<Message> messages = samples.everyMessage();
        for (int i = 0; i < 6_000; i++) {
            Datagram datagram = samples.datagram(messages.get(i % messages.size()));
            Datagram verified = openAndVerify(mutate(codec.seal(datagram).toBytes()));
            if (verified != null) {
                Samples.assertSame(verified, datagram);
            }
        }
    }

    @Test
    void savedBatchesThatWereDamaged() {
        for (int i = 0; i < 10_000; i++) {
            SavedBatch saved = new SavedBatch(samples.batch(1 + i % 4, i % 50), samples.ipv4());
            byte[] damaged = mutate(saved.toBytes());
            try {
                SavedBatch read = SavedBatch.of(damaged);
                assertThat(read.batch().keys()).isNotEmpty();
            } catch (MalformedException refused) {
                assertThat(refused).hasMessageMatching("(?s).+");
            } catch (RuntimeException | StackOverflowError escaped) {
                fail("seed " + SEED + ", saved batch " + Hex.encodeHexString(damaged), escaped);
            }
        }
    }

    @Test
    void everySingleBitMatters() {
        byte[] bytes = codec.seal(samples.datagram(
                        new Message.FindNode(samples.batch(1, 0).keys().get(0))))
                .toBytes();
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(openAndVerify(flipped)).as("bit %d", bit).isNull();
        }
        for (int length = 0; length < bytes.length; length++) {
            assertThat(openAndVerify(Arrays.copyOf(bytes, length))).isNull();
        }
    }

    private byte[] mutate(byte[] bytes) {
        byte[] mutated = bytes.clone();
        switch (samples.random.nextInt(5)) {
            case 0 -> mutated = Arrays.copyOf(mutated, samples.random.nextInt(mutated.length));
            case 1 -> mutated = Arrays.copyOf(mutated, mutated.length + 1 + samples.random.nextInt(40));
            case 2 -> {
                byte[] more = samples.bytes(1 + samples.random.nextInt(20));
                mutated = Arrays.copyOf(mutated, mutated.length + more.length);
                System.arraycopy(more, 0, mutated, bytes.length, more.length);
            }
            case 3 -> {
                int from = samples.random.nextInt(mutated.length);
                byte[] other = samples.bytes(1 + samples.random.nextInt(mutated.length - from));
                System.arraycopy(other, 0, mutated, from, other.length);
            }
            default -> {
                for (int flips = 1 + samples.random.nextInt(3); flips > 0; flips--) {
                    int bit = samples.random.nextInt(8 * mutated.length);
                    mutated[bit / 8] ^= (byte) (1 << bit % 8);
                }
            }
        }
        return mutated;
    }

    private @Nullable Datagram openAndVerify(byte[] bytes) {
        SealedPacket packet = SealedPacket.of(bytes);
        try {
            return codec.open(packet).verify();
        } catch (MalformedException refused) {
            return null;
        } catch (RuntimeException | StackOverflowError escaped) {
            return fail("seed " + SEED + ", datagram " + packet, escaped);
        }
    }

    private static void decode(byte[] payload) {
        try {
            MessageCodec.decode(MessageCodec.parse(payload));
        } catch (MalformedException refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
        } catch (RuntimeException | StackOverflowError escaped) {
            fail("seed " + SEED + ", payload " + Hex.encodeHexString(payload), escaped);
        }
    }
}
