package io.cairn.dht.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.dht.crypto.PublicKey;
import io.cairn.dht.id.Key;
import io.cairn.dht.wire.proto.ServiceRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ValuesOfRecordsAreReadStrictlyTest {
    private static final int ROUNDS = 20_000;

    private final SplittableRandom random = new SplittableRandom(32);

    @Test
    void aListOfServicesSurvivesItsBytes() throws MalformedException {
        ServiceList list = new ServiceList(
                List.of(
                        service("one", Map.of("b", "2", "a", "")),
                        new Service("two", List.of("x", "print"), "urn:two", Map.of())),
                64);
        assertThat(ServiceList.decode(list.encode())).isEqualTo(list);
        assertThat(list.encode()).hasSize(ServiceList.encodedBytes(list.services()));
    }

    @Test
    void aListIsNotEmptyAndFits() {
        refused(ServiceRecord.newBuilder().setPages(1));
        refused(good().setPages(0));
        refused(good().setPages(65));
        refused(good().setPages(-1));
        refused(changed(service -> service.setId("")));
        refused(changed(service -> service.setId("i".repeat(65))));
        refused(changed(service -> service.clearCapabilities()));
        refused(changed(service -> service.addCapabilities("\u0007")));
        refused(changed(service -> service.setEndpoint("")));
        refused(changed(service -> service.setEndpoint("http://a b")));
        refused(changed(service -> service.setEndpoint("e".repeat(256))));
        refused(changed(service -> service.addMetadata(ServiceRecord.Metadata.newBuilder())));
        assertThatThrownBy(() -> ServiceList.decode(new byte[513])).isInstanceOf(MalformedException.class);
        List<Service> three = List.of(longOne("a"), longOne("b"), longOne("c"));
        assertThatIllegalArgumentException().isThrownBy(() -> new ServiceList(three, 1).encode());
    }

    @Test
    void strangersBytesAreAListOrMalformed() {
        byte[] good = good().build().toByteArray();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = round % 2 == 0 ? randomBytes(random.nextInt(600)) : mutated(good);
            boolean isList = isServiceList(bytes);
            Statement statement = new Statement(
                    RecordType.SERVICE,
                    PublicKey.of(new byte[32]),
                    Arrays.copyOf(bytes, Math.min(bytes.length, Statement.VALUE_BYTES_MAX)),
                    1,
                    1);
            if (bytes.length > 0 && bytes.length <= Statement.VALUE_BYTES_MAX) {
                assertThat(RecordPolicy.of(RecordType.SERVICE).accepts(statement))
                        .isEqualTo(isList);
            }
        }
    }

    @Test
    void aNamedValueSurvivesItsBytes() throws MalformedException {
        for (int length : new int[] {0, 1, 512}) {
            NamedValue value = new NamedValue(NamedValue.digestOf("notes"), randomBytes(length));
            NamedValue read = NamedValue.decode(value.encode());
            assertThat(read.name()).isEqualTo(value.name());
            assertThat(read.content()).isEqualTo(value.content());
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new NamedValue(Key.random(random), new byte[513]));
    }

    @Test
    void strangersBytesAreANamedValueOrMalformed() throws MalformedException {
        for (int length = 0; length < 600; length++) {
            byte[] bytes = randomBytes(length);
            if (length >= 20 && length <= 532) {
                assertThat(NamedValue.decode(bytes).encode()).isEqualTo(bytes);
            } else {
                assertThatThrownBy(() -> NamedValue.decode(bytes)).isInstanceOf(MalformedException.class);
            }
        }
    }

    private static boolean isServiceList(byte[] bytes) {
        try {
            ServiceList list = ServiceList.decode(bytes);
            assertThat(list.services()).isNotEmpty();
            return true;
        } catch (MalformedException malformed) {
            return false;
        }
    }

    private byte[] mutated(byte[] good) {
        byte[] bytes = Arrays.copyOf(good, good.length - random.nextInt(3));
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void refused(ServiceRecord.Builder record) {
        byte[] bytes = record.build().toByteArray();
        assertThatThrownBy(() -> ServiceList.decode(bytes)).isInstanceOf(MalformedException.class);
    }

    private static ServiceRecord.Builder changed(Consumer<ServiceRecord.Service.Builder> change) {
        ServiceRecord.Builder record = good();
        change.accept(record.getServicesBuilder(0));
        return record;
    }

    private static ServiceRecord.Builder good() {
        return ServiceRecord.newBuilder()
                .setPages(1)
                .addServices(ServiceRecord.Service.newBuilder()
                        .setId("printer")
                        .addCapabilities("print")
                        .setEndpoint("ipp://10.0.0.5/")
                        .addMetadata(ServiceRecord.Metadata.newBuilder()
                                .setKey("floor")
                                .setValue("2")));
    }

    private static Service service(String id, Map<String, String> metadata) {
        return new Service(id, List.of("print"), "ipp://10.0.0.5/", metadata);
    }

    private static Service longOne(String id) {
        return service(id, Map.of("note", "n".repeat(200)));
    }
}
