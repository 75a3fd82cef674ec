package io.cairn.dht.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.codec.DecoderException;
import org.apache.commons.codec.binary.Hex;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes with and without the native library must accept the same signatures. */
class LibrariesOfEd25519AgreeTest {
    private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private final Random random = new Random(8032);
    private final Ed25519Library bouncy = new BouncyEd25519();
    private Ed25519Library nativeLibrary;

    @BeforeEach
    void findNative() {
        assumeTrue(NativeCrypto.provider().isPresent(), "there is no native cryptography for this machine");
        nativeLibrary = new NativeEd25519(NativeCrypto.provider().orElseThrow());
    }

    @Test
    void theNativeOneIsTakenWhereItIs() {
        assertThat(Ed25519Library.fastest()).isInstanceOf(NativeEd25519.class);
    }

    @Test
    void signaturesAreTheSame() {
        for (int i = 0; i < 200; i++) {
            byte[] seed = bytes(32);
            byte[] message = bytes(random.nextInt(2_000));
            byte[] signature = bouncy.signer(seed).sign(message);
            byte[] key = Identity.fromSeed(seed).publicKey().toBytes();
            assertThat(nativeLibrary.signer(seed).sign(message)).isEqualTo(signature);
            assertThat(verifies(nativeLibrary, key, signature, message)).isTrue();
            assertThat(verifies(bouncy, key, signature, message)).isTrue();
        }
    }

    @Test
    void bothRefuseTheSameChanges() {
        byte[] seed = bytes(32);
        byte[] key = Identity.fromSeed(seed).publicKey().toBytes();
        byte[] message = bytes(100);
        byte[] signature = bouncy.signer(seed).sign(message);
        for (int bit = 0; bit < 8 * signature.length; bit++) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(verifies(nativeLibrary, key, changed, message)).isFalse();
            assertThat(verifies(bouncy, key, changed, message)).isFalse();
        }
    }

    /** RFC 8032, section 5.1.7: S must be less than the order, or each signature would have a second form. */
    @Test
    void theSecondFormOfASignatureIsRefused() {
        byte[] seed = bytes(32);
        byte[] key = Identity.fromSeed(seed).publicKey().toBytes();
        byte[] message = bytes(100);
        byte[] signature = bouncy.signer(seed).sign(message);
        byte[] s = new byte[32];
        System.arraycopy(signature, 32, s, 0, 32);
        System.arraycopy(littleEndian(fromLittleEndian(s).add(ORDER)), 0, signature, 32, 32);
        assertThat(verifies(nativeLibrary, key, signature, message)).isFalse();
        assertThat(verifies(bouncy, key, signature, message)).isFalse();
    }

    @Test
    void keysThatAnybodyCouldSignForAreRefused() throws DecoderException {
        List<byte[]> keys = new ArrayList<>();
        for (String y : List.of(
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")) {
            keys.add(Hex.decodeHex(y));
        }
        keys.add(littleEndian(PRIME.subtract(BigInteger.ONE)));
        for (int above = 0; above < 19; above++) {
            keys.add(littleEndian(BigInteger.valueOf(above % 2)));
            keys.add(littleEndian(PRIME.add(BigInteger.valueOf(above))));
        }
        for (byte[] key : keys) {
            byte[] negative = key.clone();
            negative[31] |= (byte) 0x80;
            for (byte[] either : List.of(key, negative)) {
                assertThat(bouncy.verifier(either))
                        .as(Hex.encodeHexString(either))
                        .isNull();
                assertThat(nativeLibrary.verifier(either))
                        .as(Hex.encodeHexString(either))
                        .isNull();
            }
        }
    }

    @Test
    void arbitraryKeysVerifyNothing() {
        for (int i = 0; i < 200; i++) {
            byte[] key = bytes(32);
            byte[] signature = bytes(64);
            byte[] message = bytes(10);
            assertThat(verifies(nativeLibrary, key, signature, message)).isFalse();
            assertThat(verifies(bouncy, key, signature, message)).isFalse();
        }
    }

    private static boolean verifies(Ed25519Library library, byte[] key, byte[] signature, byte[] message) {
        Ed25519Library.Verifier verifier = library.verifier(key);
        return verifier != null && verifier.verifies(signature, message);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static BigInteger fromLittleEndian(byte[] bytes) {
        return new BigInteger(1, reversed(bytes));
    }

    private static byte[] littleEndian(BigInteger number) {
        byte[] all = number.toByteArray();
        byte[] exact = new byte[32];
        int length = Math.min(32, all.length);
        System.arraycopy(all, all.length - length, exact, 32 - length, length);
        return reversed(exact);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
