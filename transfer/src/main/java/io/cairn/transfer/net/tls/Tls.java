package io.cairn.transfer.net.tls;

import io.cairn.transfer.net.session.Frames;
import io.cairn.transfer.protocol.Fingerprint;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * TLS 1.3 of one run, both roles with the same certificate: BoringSSL if available, else the JDK.
 *
 * @param fingerprint of the certificate
 */
public record Tls(SslContext server, SslContext client, Fingerprint fingerprint) {
    /**
     * Bytes encrypted at a time: sixteen records into one buffer, instead of a buffer for each. The longest data frame and no more, since
     * Netty would copy it together with the start of the next.
     */
    private static final int WRAP_BYTES = Frames.DATA_FRAME_BYTES_MAX;

    public static Tls generate(SecureRandom random, long wallMillis) throws IOException {
        return generate(random, wallMillis, OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK);
    }

    static Tls generate(SecureRandom random, long wallMillis, SslProvider provider) throws IOException {
        RunCertificate own = RunCertificate.generate(random, wallMillis);
        RunKey key = new RunKey(own);
        SslContext server = SslContextBuilder.forServer(key)
                .sslProvider(provider)
                .protocols("TLSv1.3")
                .trustManager(new AnyCertificate())
                .clientAuth(ClientAuth.REQUIRE)
                .build();
        SslContext client = SslContextBuilder.forClient()
                .keyManager(key)
                .sslProvider(provider)
                .protocols("TLSv1.3")
                .trustManager(new AnyCertificate())
                .endpointIdentificationAlgorithm(null)
                .build();
        try {
            return new Tls(
                    server, client, Fingerprint.ofCertificate(own.certificate().getEncoded()));
        } catch (CertificateEncodingException impossible) {
            throw new IOException("the certificate cannot be encoded", impossible);
        }
    }

    public SslHandler handler(ByteBufAllocator allocator, boolean dialled, int handshakeMillis) {
        SslHandler handler = (dialled ? client : server).newHandler(allocator);
        handler.setHandshakeTimeoutMillis(handshakeMillis);
        handler.setWrapDataSize(WRAP_BYTES);
        // Merged: the default for BoringSSL retains the whole read buffer of each byte of an incomplete record.
        handler.setCumulator(ByteToMessageDecoder.MERGE_CUMULATOR);
        return handler;
    }

    /** The fingerprint of the certificate that the other side presented. */
    public static Fingerprint seen(SslHandler handler) throws IOException {
        try {
            return Fingerprint.ofCertificate(
                    handler.engine().getSession().getPeerCertificates()[0].getEncoded());
        } catch (CertificateEncodingException | SSLPeerUnverifiedException none) {
            throw new IOException("the peer presented no certificate", none);
        }
    }
}
