package io.cairn.transfer.content.manifest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A {@code .torrent} file (BEP 3) with the manifest as its {@code info} dictionary and no tracker. */
public final class TorrentFile {
    private TorrentFile() {}

    /** The bytes of a torrent file for a share; its {@code info} is exactly the manifest, so the infohash is the share's hash. */
    public static byte[] encode(Manifest manifest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(manifest.encodedLength() + 8);
        out.writeBytes("d4:info".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(manifest.toBytes());
        out.write('e');
        return out.toByteArray();
    }

    /**
     * Reads the {@code info} dictionary from a torrent file; ignores trackers and everything else.
     *
     * @throws InvalidManifestException if it is not a torrent, or its dictionary is not an acceptable manifest
     */
    public static Manifest parse(byte[] torrent) throws InvalidManifestException {
        if (torrent.length > ManifestLimits.DEFAULT.bytesMax()) {
            throw new InvalidManifestException("longer than " + ManifestLimits.DEFAULT.bytesMax() + " bytes");
        }
        BencodeCursor cursor = new BencodeCursor(torrent, 0, torrent.length, ManifestLimits.DEFAULT);
        int[] info = new int[2];
        cursor.dictionary("a torrent file", key -> {
            int start = cursor.position();
            if (key.equals("info")) {
                ManifestParser.pass(cursor, torrent);
                info[0] = start;
                info[1] = cursor.position();
            } else {
                cursor.skip();
            }
        });
        cursor.end();
        if (info[1] == 0) {
            throw new InvalidManifestException("not a torrent file: no 'info' dictionary");
        }
        return ManifestCodec.parse(Arrays.copyOfRange(torrent, info[0], info[1]));
    }
}
