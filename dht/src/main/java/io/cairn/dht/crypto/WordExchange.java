package io.cairn.dht.crypto;

import io.cairn.dht.id.NodeId;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.commons.codec.digest.DigestUtils;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.agreement.ecjpake.ECJPAKEUtil;
import org.bouncycastle.math.ec.ECPoint;
import org.jspecify.annotations.Nullable;

/**
 * One side of a password-authenticated key exchange: J-PAKE (RFC 8236) over the curve P-256, with BouncyCastle's arithmetic. Two sides that
 * know the same few words agree on a strong key; who listens learns nothing, and who takes part learns whether one guess was right. The
 * proofs of knowledge name both nodes, the number of the code and the role, so that none is of use in another exchange. Calls come in
 * order, each once; each takes some milliseconds, so call them on a worker.
 */
public final class WordExchange {
    /** Length of what {@link #first} returns, in bytes. */
    public static final int FIRST_BYTES = 2 * (PakeGroup.POINT_BYTES + PakeGroup.PROOF_BYTES);

    /** Length of what {@link #second} returns, in bytes. */
    public static final int SECOND_BYTES = PakeGroup.POINT_BYTES + PakeGroup.PROOF_BYTES;

    private static final byte[] LABEL = "cairn-code-1".getBytes(StandardCharsets.US_ASCII);

    /** A node's part in the exchange. */
    public enum Role {
        /** It made the code. */
        SENDER(0),
        /** It was told the code. */
        RECEIVER(1);

        private final int number;

        Role(int number) {
            this.number = number;
        }

        Role other() {
            return this == SENDER ? RECEIVER : SENDER;
        }
    }

    /**
     * Who takes part, and for which code.
     *
     * @param number of the code, which is no secret
     */
    public record Parties(NodeId sender, NodeId receiver, int number) {}

    private final Role role;
    private final Parties parties;
    private final BigInteger secret;
    private final PakeGroup group;
    private final BigInteger x1;
    private final BigInteger x2;
    private final ECPoint gx1;
    private final ECPoint gx2;
    private final byte[] first;
    private byte @Nullable [] othersFirst;
    private byte @Nullable [] second;

    /**
     * Begins an exchange.
     *
     * @param words the secret part of the code; not empty
     * @param random a cryptographic generator
     */
    public WordExchange(Role role, Parties parties, String words, RandomGenerator random) {
        this.role = role;
        this.parties = parties;
        this.secret = secret(words);
        this.group = new PakeGroup(random);
        x1 = group.scalar();
        x2 = group.scalar();
        gx1 = group.power(x1);
        gx2 = group.power(x2);
        first = joined(
                group.encode(gx1), group.prove(x1, gx1, id(role)), group.encode(gx2), group.prove(x2, gx2, id(role)));
    }

    /**
     * Runs an exchange with itself, which loads the classes and tables of the first one.
     *
     * @return whether both sides agree
     */
    public static boolean rehearse(RandomGenerator random) throws GeneralSecurityException {
        NodeId nobody = NodeId.of(new byte[NodeId.LENGTH_BYTES]);
        Parties parties = new Parties(nobody, nobody, 1);
        WordExchange sender = new WordExchange(Role.SENDER, parties, "rehearsal", random);
        WordExchange receiver = new WordExchange(Role.RECEIVER, parties, "rehearsal", random);
        byte[] sendersSecond = sender.second(receiver.first());
        WordKey key = sender.key(receiver.second(sender.first()));
        return key.isTag(receiver.key(sendersSecond).tag());
    }

    /** The first message to the other side, of {@value #FIRST_BYTES} bytes. */
    public byte[] first() {
        return first.clone();
    }

    /**
     * The second message, in answer to the other side's first.
     *
     * @throws GeneralSecurityException if the other side does not keep to the protocol
     */
    public byte[] second(byte[] theirFirst) throws GeneralSecurityException {
        if (othersFirst != null || theirFirst.length != FIRST_BYTES) {
            throw new GeneralSecurityException("not the first message of an exchange");
        }
        ECPoint gx3 = proven(theirFirst, 0, group.generator());
        ECPoint gx4 = proven(theirFirst, SECOND_BYTES, group.generator());
        othersFirst = theirFirst.clone();
        ECPoint base = group.checked(ECJPAKEUtil.calculateGA(gx1, gx3, gx4));
        BigInteger x2s = ECJPAKEUtil.calculateX2s(group.order(), x2, secret);
        ECPoint mine = group.checked(ECJPAKEUtil.calculateA(base, x2s));
        byte[] made = joined(group.encode(mine), group.prove(base, x2s, mine, id(role)));
        second = made;
        return made.clone();
    }

    /**
     * The key, in answer to the other side's second message. Whether the other side has the same is known only after its tag was compared.
     *
     * @throws GeneralSecurityException if the other side does not keep to the protocol
     */
    public WordKey key(byte[] theirSecond) throws GeneralSecurityException {
        byte[] theirFirst = othersFirst;
        byte[] mySecond = second;
        if (theirFirst == null || mySecond == null || theirSecond.length != SECOND_BYTES) {
            throw new GeneralSecurityException("not the second message of an exchange");
        }
        second = null;
        ECPoint gx3 = group.decode(theirFirst, 0);
        ECPoint gx4 = group.decode(theirFirst, SECOND_BYTES);
        ECPoint theirs = proven(theirSecond, 0, group.checked(ECJPAKEUtil.calculateGA(gx3, gx1, gx2)));
        ECPoint common = group.checked(group.multiply(
                theirs.subtract(group.multiply(gx4, x2.multiply(secret).mod(group.order()))), x2));
        byte[] material = group.bytes(common.getAffineXCoord().toBigInteger());
        byte[] transcript = role == Role.SENDER
                ? transcript(theirFirst, first, mySecond, theirSecond)
                : transcript(first, theirFirst, theirSecond, mySecond);
        return new WordKey(role, material, transcript);
    }

    private ECPoint proven(byte[] message, int offset, ECPoint base) throws GeneralSecurityException {
        ECPoint point = group.decode(message, offset);
        group.verify(base, point, message, offset + PakeGroup.POINT_BYTES, id(role.other()));
        return point;
    }

    /** What a proof names beside the point: this exchange, and whose proof it is. */
    private byte[] id(Role prover) {
        return ByteBuffer.allocate(LABEL.length + 1 + 2 * NodeId.LENGTH_BYTES + Integer.BYTES)
                .put(LABEL)
                .put((byte) prover.number)
                .put(parties.sender().toBytes())
                .put(parties.receiver().toBytes())
                .putInt(parties.number())
                .array();
    }

    private byte[] transcript(byte[] receiverFirst, byte[] senderFirst, byte[] senderSecond, byte[] receiverSecond) {
        return DigestUtils.sha256(joined(id(Role.SENDER), receiverFirst, senderFirst, senderSecond, receiverSecond));
    }

    private static BigInteger secret(String words) {
        try {
            byte[] digest = DigestUtils.sha256(joined(LABEL, words.getBytes(StandardCharsets.UTF_8)));
            return ECJPAKEUtil.calculateS(PakeGroup.ORDER, digest);
        } catch (CryptoException zero) {
            throw new IllegalArgumentException("these words cannot be used", zero);
        }
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
