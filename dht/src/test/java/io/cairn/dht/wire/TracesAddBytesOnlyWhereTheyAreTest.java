package io.cairn.dht.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.cairn.dht.trace.TraceContext;
import io.cairn.dht.wire.proto.Body;
import io.cairn.dht.wire.proto.Envelope;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TracesAddBytesOnlyWhereTheyAreTest {
    private static final TraceContext TRACE = new TraceContext(1, -2, 3);

    private final Datagram plain =
            Objects.requireNonNull(ProtocolVectors.datagramsByName().get("find-value"));
    private final Datagram traced = new Datagram(plain.header().tracedBy(TRACE), plain.token(), plain.message());
    private final DatagramCodec codec = new DatagramCodec(ProtocolVectors.ALICE);

    @Test
    void aTraceAddsTwentySixBytesAndArrives() throws MalformedException {
        SealedPacket packet = codec.seal(traced);
        assertThat(packet.sizeBytes())
                .isEqualTo(WireSizes.of(traced))
                .as("the length of the body has a second byte now")
                .isEqualTo(codec.seal(plain).sizeBytes() + WireSizes.TRACE_BYTES + 1);
        Datagram opened = Objects.requireNonNull(codec.open(packet).verify());
        assertThat(opened.header().trace()).isEqualTo(TRACE);
    }

    @Test
    void withoutATraceNothingIsOnTheWire() throws Exception {
        Body body =
                Body.parseFrom(Envelope.parseFrom(codec.seal(plain).toBytes()).getBody());
        assertThat(body.getTrace()).isEmpty();
        assertThat(body.toByteString())
                .isEqualTo(body.toBuilder().clearTrace().build().toByteString());
    }

    @Test
    void aPaddedRequestIsAsLongWithATraceAsWithout() {
        assertThat(codec.sealPadded(traced, 400).sizeBytes()).isEqualTo(400);
        assertThat(WireSizes.ofPadded(traced, 400)).isEqualTo(400);
    }

    @Test
    void aTraceOfAnotherLengthOrWithoutAnIdIsMalformed() throws Exception {
        Body body =
                Body.parseFrom(Envelope.parseFrom(codec.seal(traced).toBytes()).getBody());
        for (int length : new int[] {1, 23, 25, 200}) {
            assertMalformed(body, new byte[length]);
        }
        assertMalformed(body, new byte[TraceContext.LENGTH_BYTES]);
    }

    @Test
    void theIdsAreThoseOfTraceContext() {
        assertThat(TRACE.traceHex()).isEqualTo("0000000000000001fffffffffffffffe");
        assertThat(TRACE.spanHex()).isEqualTo("0000000000000003");
        assertThat(TraceContext.of(TRACE.toBytes())).isEqualTo(TRACE);
        assertThatIllegalArgumentException().isThrownBy(() -> new TraceContext(0, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new TraceContext(0, 1, 0));
    }

    private void assertMalformed(Body body, byte[] trace) {
        Envelope changed = Envelope.newBuilder()
                .setBody(body.toBuilder()
                        .setTrace(ByteString.copyFrom(trace))
                        .build()
                        .toByteString())
                .setSignature(ByteString.copyFrom(new byte[64]))
                .build();
        assertThatThrownBy(() -> codec.open(SealedPacket.of(changed.toByteArray())))
                .isInstanceOf(MalformedException.class);
    }
}
