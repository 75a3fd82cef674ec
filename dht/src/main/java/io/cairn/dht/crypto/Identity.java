package io.cairn.dht.crypto;

import io.cairn.dht.id.NodeId;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.jspecify.annotations.Nullable;

/** A node's Ed25519 key pair (RFC 8032). The secret leaves this object only through {@link #seed()}, for the key file. */
public final class Identity {
    /** Length of the secret seed in bytes. */
    public static final int SEED_BYTES = Ed25519PrivateKeyParameters.KEY_SIZE;

    private final Ed25519PrivateKeyParameters secret;
    private final PublicKey publicKey;
    private volatile Ed25519Library.@Nullable Signer signer;

    private Identity(byte[] seed) {
        this.secret = new Ed25519PrivateKeyParameters(seed);
        this.publicKey = PublicKey.of(secret.generatePublicKey().getEncoded());
    }

    /** A new key pair. Pass a {@link java.security.SecureRandom} outside simulations. */
    public static Identity generate(RandomGenerator random) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        return new Identity(seed);
    }

    /**
     * @param seed exactly 32 bytes, as returned by {@link #seed()}
     * @throws IllegalArgumentException if the length is not 32
     */
    public static Identity fromSeed(byte[] seed) {
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("a secret has 32 bytes, not " + seed.length);
        }
        return new Identity(seed);
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    public NodeId nodeId() {
        return publicKey.nodeId();
    }

    /** Signs a message of any length. */
    public Signature sign(byte[] message) {
        Ed25519Library.Signer own = signer;
        if (own == null) {
            own = Ed25519Library.fastest().signer(secret.getEncoded());
            signer = own;
        }
        return Signature.of(own.sign(message));
    }

    /** A copy of the secret seed, for a file that only its owner can read. */
    public byte[] seed() {
        return secret.getEncoded();
    }
}
