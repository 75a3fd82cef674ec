package io.cairn.transfer.content.manifest;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes manifests: the {@code info} dictionary of BEP 3 with the keys {@code sha256}, {@code empty dirs} and
 * {@code times}; see {@code docs/protocol/manifest.md}. A manifest that is built passes the same checks as one that is parsed.
 */
public final class ManifestCodec {
    /** Longest manifest in bytes, on the wire and on disk. The transfer protocol has the same bound. */
    public static final int BYTES_MAX = 64 * 1024 * 1024;

    /** Most chunks of a share. The transfer protocol has the same bound. */
    public static final int CHUNKS_MAX = 1 << 20;

    /** Most files and folders of a share. */
    public static final int ENTRIES_MAX = 250_000;

    /** The usual folder of pad entries in BitTorrent. Only {@code attr} makes an entry one: a real file may have such a path. */
    private static final String PAD_FOLDER = ".pad";

    private ManifestCodec() {}

    /**
     * Parses a manifest. Unknown keys are ignored but stay part of the hash.
     *
     * @param encoded not copied; the caller must not change it afterwards
     * @throws InvalidManifestException if it is not exactly one acceptable dictionary
     */
    public static Manifest parse(byte[] encoded) throws InvalidManifestException {
        return ManifestParser.parse(encoded, ManifestLimits.DEFAULT);
    }

    /** Why no acceptable manifest can continue these first bytes; null if one may. */
    public static @Nullable String problem(byte[] beginning) {
        return ManifestParser.problem(beginning, ManifestLimits.DEFAULT);
    }

    /**
     * Builds a manifest without modification times.
     *
     * @param name one path component
     * @param files in stream order, for a folder sorted by the bytes of their components; for a single file one entry whose path is the name
     * @param emptyFolders the empty folders, sorted likewise
     * @param sha1s 20 bytes per chunk
     * @param sha256s 32 bytes per chunk
     * @throws InvalidManifestException if a name is not allowed, two paths collide, or the manifest is too large
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
        return build(name, folder, chunkBytes, files, emptyFolders, sha1s, sha256s, Padding.NONE, List.of());
    }

    /**
     * Builds a manifest with padding and with the modification times of its files.
     *
     * @param padding its pad entries, which only a folder has
     * @param modifiedNanos one per file, in nanoseconds since 1970; empty for a manifest without times
     * @throws InvalidManifestException if a name is not allowed, two paths collide, or the manifest is too large
     */
    public static Manifest build(
            String name,
            boolean folder,
            int chunkBytes,
            List<FileEntry> files,
            List<SharePath> emptyFolders,
            byte[] sha1s,
            byte[] sha256s,
            Padding padding,
            List<Long> modifiedNanos)
            throws InvalidManifestException {
        if (!folder && (files.size() != 1 || !emptyFolders.isEmpty() || padding.totalBytes() > 0)) {
            throw new IllegalArgumentException("a single file has one entry");
        }
        return parse(new BencodeWriter()
                .dictionary(info -> {
                    if (!folder) {
                        describe(info, files.get(0));
                    }
                    if (!emptyFolders.isEmpty()) {
                        info.text("empty dirs").list(list -> emptyFolders.forEach(path -> write(list, path)));
                    }
                    if (folder) {
                        info.text("files").list(list -> write(list, files, padding));
                    }
                    info.text("name").text(name);
                    info.text("piece length").whole(chunkBytes);
                    info.text("pieces").string(sha1s);
                    info.text("sha256").string(sha256s);
                    if (!modifiedNanos.isEmpty()) {
                        ByteBuffer times = ByteBuffer.allocate(Manifest.TIME_BYTES * modifiedNanos.size());
                        modifiedNanos.forEach(times::putLong);
                        info.text("times").string(times.array());
                    }
                })
                .bytes());
    }

    private static void write(BencodeWriter list, List<FileEntry> files, Padding padding) {
        for (int i = 0; i < files.size(); i++) {
            FileEntry file = files.get(i);
            int zeros = padding.directlyBefore(i);
            if (zeros > 0) {
                list.dictionary(pad -> {
                    pad.text("attr").text("p").text("length").whole(zeros);
                    write(pad.text("path"), SharePath.checked(List.of(PAD_FOLDER, Integer.toString(zeros))));
                });
            }
            list.dictionary(entry -> {
                describe(entry, file);
                write(entry.text("path"), file.path());
            });
        }
    }

    private static void describe(BencodeWriter dictionary, FileEntry file) {
        if (file.executable()) {
            dictionary.text("attr").text("x");
        }
        dictionary.text("length").whole(file.length());
    }

    private static void write(BencodeWriter out, SharePath path) {
        out.list(list -> path.components().forEach(list::text));
    }
}
