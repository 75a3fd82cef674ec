package io.cairn.dht.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AWS-LC through Amazon's provider, where available: its digests and signatures are at full speed from the first call, before the JVM has
 * compiled anything, and need no optimising compiler. There is no build for Windows, nor for Linux with musl.
 */
public final class NativeCrypto {
    private static final Logger LOG = LoggerFactory.getLogger(NativeCrypto.class);
    private static final String PROVIDER_CLASS = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    /** The provider exposes this factory only if this property is set before its class is loaded. */
    private static final String ED25519_KEYS = "com.amazon.corretto.crypto.provider.registerEdKeyFactory";

    private static final Optional<Provider> PROVIDER = find();

    private NativeCrypto() {}

    /** The provider, not registered with the JVM. */
    public static Optional<Provider> provider() {
        return PROVIDER;
    }

    /** A SHA-1, the JDK's if there is no native one. Feed large content as direct memory. */
    public static MessageDigest sha1() {
        return digest("SHA-1");
    }

    /** A SHA-256, likewise. */
    public static MessageDigest sha256() {
        return digest("SHA-256");
    }

    /** A new HMAC-SHA-256 (RFC 2104) under a key, likewise. Not thread-safe. */
    static Mac hmacSha256(byte[] key) {
        String name = "HmacSHA256";
        try {
            Mac mac = PROVIDER.isEmpty() || PROVIDER.get().getService("Mac", name) == null
                    ? Mac.getInstance(name)
                    : Mac.getInstance(name, PROVIDER.get());
            mac.init(new SecretKeySpec(key, name));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + name, impossible);
        }
    }

    private static MessageDigest digest(String name) {
        try {
            return PROVIDER.isEmpty()
                    ? MessageDigest.getInstance(name)
                    : MessageDigest.getInstance(name, PROVIDER.get());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has " + name, impossible);
        }
    }

    private static Optional<Provider> find() {
        if (System.getProperty(ED25519_KEYS) == null) {
            System.setProperty(ED25519_KEYS, "true");
        }
        try {
            Provider found = (Provider)
                    Class.forName(PROVIDER_CLASS).getField("INSTANCE").get(null);
            if (found.getService("MessageDigest", "SHA-1") != null
                    && found.getService("KeyFactory", "Ed25519") != null) {
                return Optional.of(found);
            }
            LOG.debug("the native library of {} does not load here", found);
        } catch (ReflectiveOperationException | LinkageError none) {
            LOG.debug("there is no native cryptography for this machine", none);
        }
        return Optional.empty();
    }
}
