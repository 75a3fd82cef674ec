package io.cairn.control.server.access;

import io.cairn.transfer.store.file.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A secret in a file that only its owner can read. A request that carries it is served. */
public final class TokenFile {
    private static final int TOKEN_BYTES = 32;
    private static final int FILE_BYTES_MAX = 256;
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{" + 2 * TOKEN_BYTES + "}");

    private final byte[] token;

    private TokenFile(byte[] token) {
        this.token = token;
    }

    /**
     * Reads the token, or makes one if there is no such file.
     *
     * @throws IOException also if the file holds something else
     */
    public static TokenFile open(Path file) throws IOException {
        try (FileChannel channel = OwnerOnly.open(file)) {
            if (channel.size() == 0) {
                byte[] random = new byte[TOKEN_BYTES];
                new SecureRandom().nextBytes(random);
                channel.write(
                        ByteBuffer.wrap((HexFormat.of().formatHex(random) + "\n").getBytes(StandardCharsets.US_ASCII)),
                        0);
            }
            ByteBuffer written = ByteBuffer.allocate(FILE_BYTES_MAX);
            channel.read(written, 0);
            String text = new String(written.array(), 0, written.position(), StandardCharsets.US_ASCII).strip();
            if (!TOKEN.matcher(text).matches()) {
                throw new IOException(file + " holds no token; delete it, and the next start makes one");
            }
            return new TokenFile(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Compares in a time that says nothing about where the two differ. */
    boolean matches(String sent) {
        return MessageDigest.isEqual(token, sent.getBytes(StandardCharsets.UTF_8));
    }
}
