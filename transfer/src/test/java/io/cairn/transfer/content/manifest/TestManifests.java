package io.cairn.transfer.content.manifest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/** Manifests for tests, in an encoding of their own: name, chunk length, length, both kinds of digests. */
public final class TestManifests {
    private TestManifests() {}

    /** The manifest of a single file. */
    public static Manifest of(String name, byte[] content, int chunkBytes) {
        int chunks = (content.length + chunkBytes - 1) / chunkBytes;
        ByteArrayOutputStream sha1s = new ByteArrayOutputStream();
        ByteArrayOutputStream sha256s = new ByteArrayOutputStream();
        for (int i = 0; i < chunks; i++) {
            byte[] chunk = Arrays.copyOfRange(content, i * chunkBytes, Math.min(content.length, (i + 1) * chunkBytes));
            sha1s.writeBytes(DigestUtils.sha1(chunk));
            sha256s.writeBytes(DigestUtils.sha256(chunk));
        }
        return of(name, content.length, chunkBytes, sha1s.toByteArray(), sha256s.toByteArray());
    }

    /** The manifest of a single file with known digests. */
    public static Manifest of(String name, long length, int chunkBytes, byte[] sha1s, byte[] sha256s) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(encoded)) {
            out.writeUTF(name);
            out.writeLong(length);
            out.writeInt(chunkBytes);
            out.writeInt(sha1s.length / 20);
            out.write(sha1s);
            out.write(sha256s);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        FileEntry file = new FileEntry(new SharePath(List.of(name)), length, false);
        int second = encoded.size() - sha256s.length;
        int first = second - sha1s.length;
        return new Manifest(
                name,
                false,
                new ChunkGrid(chunkBytes, length, Padding.NONE),
                List.of(file),
                List.of(),
                encoded.toByteArray(),
                first,
                second,
                -1);
    }

    /** Reads a manifest encoded by {@link #of}. */
    public static Manifest read(byte[] encoded) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
            String name = in.readUTF();
            long length = in.readLong();
            int chunkBytes = in.readInt();
            int chunks = in.readInt();
            byte[] sha1s = in.readNBytes(20 * chunks);
            return of(name, length, chunkBytes, sha1s, in.readNBytes(32 * chunks));
        }
    }
}
