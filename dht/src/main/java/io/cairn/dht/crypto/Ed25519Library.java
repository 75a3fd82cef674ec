package io.cairn.dht.crypto;

import org.jspecify.annotations.Nullable;

/** Ed25519 (RFC 8032) by one library. What it hands out may be used by several threads. */
interface Ed25519Library {
    /** The fastest that works here. */
    static Ed25519Library fastest() {
        return Fastest.LIBRARY;
    }

    /**
     * @param seed the secret, 32 bytes
     */
    Signer signer(byte[] seed);

    /**
     * @param publicKey 32 bytes
     * @return null where they are no point of the curve, not the shortest name of one, or one of small order, for which a signature
     *     of anybody verifies
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

    /** Found out at the first use. */
    final class Fastest {
        private static final Ed25519Library LIBRARY =
                NativeCrypto.provider().<Ed25519Library>map(NativeEd25519::new).orElseGet(BouncyEd25519::new);

        private Fastest() {}
    }
}
