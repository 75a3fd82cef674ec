package io.cairn.transfer.content;

import io.cairn.transfer.content.Bencode.ByteString;
import io.cairn.transfer.content.Bencode.Dictionary;
import io.cairn.transfer.content.Bencode.Items;
import io.cairn.transfer.content.Bencode.Whole;
import java.util.ArrayList;
import java.util.List;

/**
 * Manifests from and to bytes: the {@code info} dictionary of BEP 3 with the keys {@code sha256} and {@code empty dirs}; see {@code
 * docs/protocol/manifest.md}. What is built passes the same checks as what is read.
 */
public final class ManifestCodec {
    /** Longest manifest in bytes, on the wire and on disk: 1.2 million chunks of a single file. Also the bound of the transfer protocol. */
    public static final int BYTES_MAX = 64 * 1024 * 1024;

    private ManifestCodec() {}

    /**
     * Reads a manifest; also the {@code info} dictionary of a foreign torrent, whose other keys stay part of the hash.
     *
     * @param encoded not copied: the caller gives it away
     * @throws InvalidManifestException if it is not exactly one acceptable dictionary
     */
    public static Manifest parse(byte[] encoded) throws InvalidManifestException {
        return new ManifestParser(ManifestLimits.DEFAULT).parse(encoded);
    }

    /**
     * Makes a manifest.
     *
     * @param name one path component
     * @param files in stream order, for a folder sorted by the bytes of their components; for a single file one entry whose path is the name
     * @param emptyFolders the folders that hold nothing, sorted likewise
     * @param sha1s 20 bytes a chunk
     * @param sha256s 32 bytes a chunk
     * @throws InvalidManifestException if a name is not allowed, two paths collide, or it gets too large
     */
    public static Manifest build(
            String name,
            boolean folder,
            int chunkBytes,
            List<FileEntry> files,
            List<SharePath> emptyFolders,
            byte[] sha1s,
            byte[] sha256s)
            throws InvalidManifestException {
        if (!folder && (files.size() != 1 || !emptyFolders.isEmpty())) {
            throw new IllegalArgumentException("a single file has one entry");
        }
        Dictionary info = Dictionary.create()
                .with("name", ByteString.of(name))
                .with("piece length", new Whole(chunkBytes))
                .with("pieces", new ByteString(sha1s))
                .with("sha256", new ByteString(sha256s));
        if (folder) {
            info.with(
                    "files", new Items(files.stream().map(ManifestCodec::entry).toList()));
        } else {
            describe(info, files.get(0));
        }
        if (!emptyFolders.isEmpty()) {
            info.with(
                    "empty dirs",
                    new Items(emptyFolders.stream().map(ManifestCodec::path).toList()));
        }
        return parse(BencodeWriter.write(info));
    }

    private static Bencode entry(FileEntry file) {
        Dictionary entry = Dictionary.create();
        describe(entry, file);
        return entry.with("path", path(file.path()));
    }

    private static void describe(Dictionary dictionary, FileEntry file) {
        dictionary.with("length", new Whole(file.length()));
        if (file.executable()) {
            dictionary.with("attr", ByteString.of("x"));
        }
    }

    private static Bencode path(SharePath path) {
        List<Bencode> components = new ArrayList<>();
        path.components().forEach(component -> components.add(ByteString.of(component)));
        return new Items(components);
    }
}
