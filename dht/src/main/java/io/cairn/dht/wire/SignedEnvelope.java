package io.cairn.dht.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.crypto.PublicKey;
import io.cairn.dht.crypto.Signature;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.trace.TraceContext;
import io.cairn.dht.wire.proto.Body;
import io.cairn.dht.wire.proto.Envelope;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An opened envelope: a header and the payload it was signed with. The signature covers version, network, request, sender, recipient, time
 * and payload together, so none can be exchanged. The receiver decides whether network, recipient and time are acceptable.
 *
 * @param header the header of the message
 * @param payload the encoded message; not copied
 */
public record SignedEnvelope(Header header, byte[] payload) {
    /** The protocol version of this code. */
    public static final int VERSION = 1;

    private static final byte[] DOMAIN = "cairn-envelope-1".getBytes(StandardCharsets.US_ASCII);

    /** Encodes and signs. The header's sender must be the key of the identity. */
    public static byte[] seal(Identity identity, Header header, byte[] payload) {
        if (!identity.publicKey().equals(header.sender())) {
            throw new IllegalArgumentException("the sender of an envelope is the one who signs it");
        }
        NodeId recipient = header.recipient();
        Body.Builder fields = Body.newBuilder()
                .setVersion(VERSION)
                .setNetwork(ByteString.copyFrom(header.network().toBytes()))
                .setRequestId(header.requestId())
                .setSender(ByteString.copyFrom(header.sender().toBytes()))
                .setRecipient(recipient == null ? ByteString.EMPTY : ByteString.copyFrom(recipient.toBytes()))
                .setTimeMillis(header.timeMillis())
                .setPayload(ByteString.copyFrom(payload));
        TraceContext trace = header.trace();
        if (trace != null) {
            fields.setTrace(ByteString.copyFrom(trace.toBytes()));
        }
        byte[] body = fields.build().toByteArray();
        Signature signature = identity.sign(withDomain(body));
        return Envelope.newBuilder()
                .setBody(ByteString.copyFrom(body))
                .setSignature(ByteString.copyFrom(signature.toBytes()))
                .build()
                .toByteArray();
    }

    /**
     * Decodes without checking the signature, so that a receiver can refuse another network or a stale time before it pays for the curve
     * arithmetic.
     *
     * @throws MalformedException if the bytes are not an envelope of this version
     */
    public static Unverified decode(byte[] bytes) throws MalformedException {
        try {
            Envelope envelope = Envelope.parseFrom(bytes);
            Body body = Body.parseFrom(envelope.getBody());
            if (body.getVersion() > 0 && body.getVersion() != VERSION) {
                throw new MalformedException.OtherVersion(body.getVersion());
            }
            if (body.getVersion() != VERSION) {
                throw new MalformedException("an envelope without a version");
            }
            ByteString recipient = body.getRecipient();
            @Nullable NodeId recipientId = recipient.isEmpty() ? null : NodeId.of(recipient.toByteArray());
            Header header = new Header(
                    NetworkId.of(body.getNetwork().toByteArray()),
                    body.getRequestId(),
                    PublicKey.of(body.getSender().toByteArray()),
                    recipientId,
                    body.getTimeMillis(),
                    body.getTrace().isEmpty()
                            ? null
                            : TraceContext.of(body.getTrace().toByteArray()));
            return new Unverified(
                    new SignedEnvelope(header, body.getPayload().toByteArray()),
                    envelope.getBody().toByteArray(),
                    Signature.of(envelope.getSignature().toByteArray()));
        } catch (InvalidProtocolBufferException | IllegalArgumentException invalid) {
            throw new MalformedException("not an envelope: " + invalid.getMessage(), invalid);
        }
    }

    private static byte[] withDomain(byte[] body) {
        byte[] message = new byte[DOMAIN.length + body.length];
        System.arraycopy(DOMAIN, 0, message, 0, DOMAIN.length);
        System.arraycopy(body, 0, message, DOMAIN.length, body.length);
        return message;
    }

    /** An envelope whose signature is not checked yet. */
    public static final class Unverified {
        private final SignedEnvelope envelope;
        private final byte[] body;
        private final Signature signature;

        private Unverified(SignedEnvelope envelope, byte[] body, Signature signature) {
            this.envelope = envelope;
            this.body = body;
            this.signature = signature;
        }

        /** What the envelope claims; none of it is proven. */
        public Header claimedHeader() {
            return envelope.header();
        }

        /** The payload that the envelope claims was signed; not copied. */
        public byte[] claimedPayload() {
            return envelope.payload();
        }

        /** The envelope if its sender signed it, else null. */
        public @Nullable SignedEnvelope verify() {
            return envelope.header().sender().verifies(signature, withDomain(body)) ? envelope : null;
        }
    }
}
