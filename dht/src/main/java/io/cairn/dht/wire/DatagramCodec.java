package io.cairn.dht.wire;

import com.google.protobuf.ByteString;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.crypto.PublicKey;
import io.cairn.dht.crypto.Signature;
import io.cairn.dht.env.Packet;
import io.cairn.dht.wire.proto.DhtMessage;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams as signed bytes: {@code envelope.proto} around {@code dht.proto}. Sealing costs one signature (about 26 microseconds); opening
 * costs about one, verifying about 63, and ten less if the sender was heard lately. Not thread-safe.
 */
public final class DatagramCodec implements Envelopes {
    /** Shorter than any envelope: not worth parsing. */
    private static final int BYTES_MIN = NetworkId.LENGTH_BYTES + PublicKey.LENGTH_BYTES + Signature.LENGTH_BYTES;

    private final Identity identity;

    /**
     * @param identity signs; the sender of every datagram that is sealed here
     */
    public DatagramCodec(Identity identity) {
        this.identity = identity;
    }

    /**
     * Whether an envelope claims to carry an answer to a request. Nothing of it is proven.
     *
     * @throws MalformedException if it carries no message
     */
    public static boolean isAnswer(SignedEnvelope.Unverified envelope) throws MalformedException {
        return MessageCodec.claim(MessageCodec.parse(envelope.claimedPayload())).isResponse();
    }

    /**
     * @throws IllegalArgumentException if the message is longer than a datagram, or the sender is not this node
     */
    @Override
    public SealedPacket seal(Datagram datagram) {
        return seal(datagram.header(), MessageCodec.encode(datagram.token(), datagram.message()));
    }

    /**
     * {@inheritDoc} If the length of a length field makes the exact size impossible, the packet is one byte longer, or at the limit one or
     * two bytes shorter.
     */
    @Override
    public SealedPacket sealPadded(Datagram datagram, int bytesMin) {
        if (bytesMin > Datagram.BYTES_MAX) {
            throw new IllegalArgumentException("a datagram has at most 1200 bytes, not " + bytesMin);
        }
        Header header = datagram.header();
        DhtMessage message = MessageCodec.encode(datagram.token(), datagram.message());
        int bare = WireSizes.sealed(header, message.getSerializedSize());
        if (bare >= bytesMin) {
            return seal(header, message);
        }
        return seal(header, pad(header, message, bytesMin, bytesMin - bare));
    }

    /**
     * @throws IllegalArgumentException if the packet is not a {@link SealedPacket}
     */
    @Override
    public Arrived open(Packet packet) throws MalformedException {
        if (!(packet instanceof SealedPacket sealed)) {
            throw new IllegalArgumentException("not a sealed packet: " + packet.getClass());
        }
        int size = sealed.sizeBytes();
        if (size > Datagram.BYTES_MAX || size < BYTES_MIN) {
            throw new MalformedException("a datagram of " + size + " bytes");
        }
        return new Opened(SignedEnvelope.decode(sealed.toBytes()));
    }

    private SealedPacket seal(Header header, DhtMessage message) {
        byte[] bytes = SignedEnvelope.seal(identity, header, message.toByteArray());
        if (bytes.length > Datagram.BYTES_MAX) {
            throw new IllegalArgumentException("a datagram has at most 1200 bytes, not " + bytes.length);
        }
        return SealedPacket.of(bytes);
    }

    private static DhtMessage pad(Header header, DhtMessage message, int bytesMin, int bytesMissing) {
        DhtMessage padded = message;
        int padding = WireSizes.firstPadding(bytesMissing);
        while (WireSizes.sealed(header, padded.getSerializedSize()) < bytesMin) {
            DhtMessage longer = message.toBuilder()
                    .setPadding(ByteString.copyFrom(new byte[padding++]))
                    .build();
            if (WireSizes.sealed(header, longer.getSerializedSize()) > Datagram.BYTES_MAX) {
                return padded;
            }
            padded = longer;
        }
        return padded;
    }

    /** Its payload is parsed once, whether before or after the signature is checked. */
    private static final class Opened implements Arrived {
        private final SignedEnvelope.Unverified envelope;
        private @Nullable DhtMessage parsed;

        Opened(SignedEnvelope.Unverified envelope) {
            this.envelope = envelope;
        }

        @Override
        public Header claimedHeader() {
            return envelope.claimedHeader();
        }

        @Override
        public Claim claim() throws MalformedException {
            return MessageCodec.claim(message());
        }

        @Override
        public @Nullable Datagram verify() throws MalformedException {
            SignedEnvelope verified = envelope.verify();
            if (verified == null) {
                return null;
            }
            MessageCodec.Payload payload = MessageCodec.decode(message());
            return new Datagram(verified.header(), payload.token(), payload.message());
        }

        private DhtMessage message() throws MalformedException {
            DhtMessage known = parsed;
            if (known == null) {
                known = MessageCodec.parse(envelope.claimedPayload());
                parsed = known;
            }
            return known;
        }
    }
}
