package io.cairn.transfer.net.tls;

import io.cairn.dht.crypto.NativeCrypto;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A self-signed P-256 certificate for one run. No field of it identifies this node: HELLO does. P-256, since BoringSSL refuses Ed25519
 * certificates. Making one takes some milliseconds once the classes are loaded, a quarter of a second before.
 */
record RunCertificate(PrivateKey key, X509Certificate certificate) {
    private static final int VALID_DAYS = 365;

    static RunCertificate generate(SecureRandom random, long wallMillis) throws IOException {
        try {
            Provider provider = NativeCrypto.provider().orElse(null);
            KeyPairGenerator generator = provider == null
                    ? KeyPairGenerator.getInstance("EC")
                    : KeyPairGenerator.getInstance("EC", provider);
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            X500Name name = new X500Name("CN=cairn");
            Instant now = Instant.ofEpochMilli(wallMillis);
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    name,
                    new BigInteger(63, random).add(BigInteger.ONE),
                    Date.from(now.minus(1, ChronoUnit.DAYS)),
                    Date.from(now.plus(VALID_DAYS, ChronoUnit.DAYS)),
                    name,
                    SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
            JcaContentSignerBuilder signer = new JcaContentSignerBuilder("SHA256withECDSA");
            if (provider != null) {
                signer.setProvider(provider);
            }
            X509Certificate certificate =
                    new JcaX509CertificateConverter().getCertificate(builder.build(signer.build(pair.getPrivate())));
            return new RunCertificate(pair.getPrivate(), certificate);
        } catch (GeneralSecurityException | OperatorCreationException impossible) {
            throw new IOException("no certificate could be made: " + impossible.getMessage(), impossible);
        }
    }
}
