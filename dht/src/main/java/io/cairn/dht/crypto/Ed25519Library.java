package io.cairn.dht.crypto;

import org.jspecify.annotations.Nullable;

/** Ed25519 (RFC 8032) by one library. Its signers and verifiers may be shared between threads. */
interface Ed25519Library {
    /** The fastest library that works here. */
    static Ed25519Library fastest() {
        return Fastest.LIBRARY;
    }

    /**
     * @param seed the secret, 32 bytes
     */
    Signer signer(byte[] seed);

    /**
     * @param publicKey 32 bytes
     * @return null if they do not encode a point of the curve, are not its canonical encoding, or encode a point of small order, for which
     *     anyone can forge a signature
     */
    @Nullable
    Verifier verifier(byte[] publicKey);

    /** Signs with one key. */
    interface Signer {
        /** 64 bytes. */
        byte[] sign(byte[] message);
    }

    /** Verifies for one key. */
    interface Verifier {
        boolean verifies(byte[] signature, byte[] message);
    }

    /** Chosen at the first use. */
    final class Fastest {
        private static final Ed25519Library LIBRARY =
                NativeCrypto.provider().<Ed25519Library>map(NativeEd25519::new).orElseGet(BouncyEd25519::new);

        private Fastest() {}
    }
}
