package io.cairn.dht.crypto;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.random.RandomGenerator;
import org.apache.commons.codec.digest.DigestUtils;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/**
 * The points of P-256 and proofs that one knows a logarithm (Schnorr's, RFC 8235), as bytes of fixed lengths. BouncyCastle's own proofs of
 * this exchange cannot be read from bytes, as nothing public makes one.
 */
final class PakeGroup {
    /** A point, compressed. */
    static final int POINT_BYTES = 33;

    static final int SCALAR_BYTES = 32;

    /** A proof: the commitment and the response. */
    static final int PROOF_BYTES = POINT_BYTES + SCALAR_BYTES;

    private static final X9ECParameters P256 = CustomNamedCurves.getByName("P-256");

    static final BigInteger ORDER = P256.getN();

    private final RandomGenerator random;

    PakeGroup(RandomGenerator random) {
        this.random = random;
    }

    BigInteger order() {
        return ORDER;
    }

    ECPoint generator() {
        return P256.getG();
    }

    /** A random scalar from 1 to the order less 1. */
    BigInteger scalar() {
        byte[] drawn = new byte[SCALAR_BYTES];
        BigInteger scalar;
        do {
            random.nextBytes(drawn);
            scalar = new BigInteger(1, drawn);
        } while (scalar.signum() == 0 || scalar.compareTo(ORDER) >= 0);
        return scalar;
    }

    ECPoint power(BigInteger exponent) {
        return multiply(generator(), exponent).normalize();
    }

    /** In a time that does not depend on the exponent. */
    ECPoint multiply(ECPoint point, BigInteger exponent) {
        return ECAlgorithms.multiplySecret(point, exponent, ORDER);
    }

    byte[] encode(ECPoint point) {
        return point.getEncoded(true);
    }

    byte[] bytes(BigInteger scalar) {
        return BigIntegers.asUnsignedByteArray(SCALAR_BYTES, scalar);
    }

    /** Reads a point, which is on the curve and not the point at infinity. */
    ECPoint decode(byte[] message, int offset) throws GeneralSecurityException {
        byte[] encoded = new byte[POINT_BYTES];
        System.arraycopy(message, offset, encoded, 0, POINT_BYTES);
        try {
            return checked(P256.getCurve().decodePoint(encoded));
        } catch (IllegalArgumentException notOnTheCurve) {
            throw new GeneralSecurityException("not a point of the curve", notOnTheCurve);
        }
    }

    ECPoint checked(ECPoint point) throws GeneralSecurityException {
        if (point.isInfinity()) {
            throw new GeneralSecurityException("the point at infinity");
        }
        return point.normalize();
    }

    /** Proves that this side knows the logarithm of a point to the generator. */
    byte[] prove(BigInteger exponent, ECPoint point, byte[] id) {
        return prove(generator(), exponent, point, id);
    }

    byte[] prove(ECPoint base, BigInteger exponent, ECPoint point, byte[] id) {
        BigInteger v = scalar();
        ECPoint commitment = multiply(base, v).normalize();
        BigInteger challenge = challenge(base, commitment, point, id);
        BigInteger response = v.subtract(exponent.multiply(challenge)).mod(ORDER);
        return ByteBuffer.allocate(PROOF_BYTES)
                .put(encode(commitment))
                .put(bytes(response))
                .array();
    }

    void verify(ECPoint base, ECPoint point, byte[] message, int offset, byte[] id) throws GeneralSecurityException {
        ECPoint commitment = decode(message, offset);
        BigInteger response = BigIntegers.fromUnsignedByteArray(message, offset + POINT_BYTES, SCALAR_BYTES);
        if (response.compareTo(ORDER) >= 0) {
            throw new GeneralSecurityException("the response of a proof is too large");
        }
        BigInteger challenge = challenge(base, commitment, point, id);
        if (!ECAlgorithms.sumOfTwoMultiplies(base, response, point, challenge)
                .normalize()
                .equals(commitment)) {
            throw new GeneralSecurityException("a proof is wrong");
        }
    }

    private BigInteger challenge(ECPoint base, ECPoint commitment, ECPoint point, byte[] id) {
        ByteArrayOutputStream hashed = new ByteArrayOutputStream();
        hashed.writeBytes(encode(base));
        hashed.writeBytes(encode(commitment));
        hashed.writeBytes(encode(point));
        hashed.writeBytes(id);
        return new BigInteger(1, DigestUtils.sha256(hashed.toByteArray())).mod(ORDER);
    }
}
