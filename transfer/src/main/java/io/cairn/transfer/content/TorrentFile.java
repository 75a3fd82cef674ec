package io.cairn.transfer.content;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A {@code .torrent} file (BEP 3): the manifest as {@code info} dictionary, and no tracker. */
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
     * Reads the {@code info} dictionary out of a torrent file; trackers and everything else are passed over.
     *
     * @throws InvalidManifestException if it is no torrent, or its dictionary no acceptable manifest
     */
    public static Manifest parse(byte[] torrent) throws InvalidManifestException {
        if (BencodeReader.read(torrent, ManifestLimits.DEFAULT) instanceof Bencode.Dictionary dictionary
                && dictionary.entries().get("info") instanceof Bencode.Dictionary info) {
            return ManifestCodec.parse(BencodeWriter.write(info));
        }
        throw new InvalidManifestException("not a torrent file: no 'info' dictionary");
    }
}
