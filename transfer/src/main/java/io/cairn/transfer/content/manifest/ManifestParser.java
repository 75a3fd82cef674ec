package io.cairn.transfer.content.manifest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses an {@code info} dictionary into a manifest and checks each field in turn. Keys are sorted, so lengths precede digests:
 * a wrong number of digests is rejected before their bytes are read.
 */
final class ManifestParser {
    private static final int SHA1_BYTES = 20;
    private static final int SHA256_BYTES = 32;

    private final byte[] encoded;
    private final ManifestLimits limits;
    private final BencodeCursor cursor;
    private final FileFields single;
    private final EncodedFiles files;
    private final List<SharePath> emptyFolders = new ArrayList<>(0);
    private final PathTable paths;
    private final List<Padding.Pad> pads = new ArrayList<>(0);
    private boolean folder;
    private boolean file;
    private long streamBytes;
    private String name = "";
    private int chunkBytes;
    private Padding padding = Padding.NONE;
    private int sha1s = -1;
    private int sha256s = -1;
    private int times = -1;

    private ManifestParser(byte[] encoded, BencodeCursor cursor, ManifestLimits limits) {
        this.encoded = encoded;
        this.limits = limits;
        this.cursor = cursor;
        this.single = new FileFields(cursor);
        this.files = new EncodedFiles(encoded);
        this.paths = new PathTable(limits.entriesMax());
    }

    /** @param encoded not copied */
    static Manifest parse(byte[] encoded, ManifestLimits limits) throws InvalidManifestException {
        if (encoded.length > limits.bytesMax()) {
            throw new InvalidManifestException("longer than " + limits.bytesMax() + " bytes: " + encoded.length);
        }
        ManifestParser parser =
                new ManifestParser(encoded, new BencodeCursor(encoded, 0, encoded.length, limits), limits);
        parser.read();
        parser.cursor.end();
        return parser.manifest();
    }

    /** Why no manifest can begin with these bytes; null if one may. */
    static @Nullable String problem(byte[] beginning, ManifestLimits limits) {
        BencodeCursor cursor = new BencodeCursor(beginning, 0, beginning.length, limits);
        try {
            new ManifestParser(beginning, cursor, limits).read();
            return "its end comes before its announced length";
        } catch (InvalidManifestException problem) {
            return cursor.ranOut() ? null : problem.getMessage();
        }
    }

    /** Reads a manifest embedded in other data and leaves the cursor after it. */
    static void pass(BencodeCursor cursor, byte[] bytes) throws InvalidManifestException {
        new ManifestParser(bytes, cursor, ManifestLimits.DEFAULT).read();
    }

    private void read() throws InvalidManifestException {
        cursor.dictionary("a manifest", this::field);
    }

    private void field(String key) throws InvalidManifestException {
        switch (key) {
            case "attr" -> single.accept(key);
            case "length" -> {
                if (folder || !emptyFolders.isEmpty()) {
                    throw cursor.wrong("'length' of a single file beside the files or folders of a folder");
                }
                file = single.accept(key);
            }
            case "empty dirs" -> cursor.list("'empty dirs'", this::emptyFolder);
            case "files" -> {
                folder = true;
                cursor.list("'files'", this::file);
            }
            case "name" -> {
                name = cursor.text("'name'", PathRules.NAME_BYTES_MAX);
                refuse(PathRules.problemWithName(name));
            }
            case "piece length" -> chunkBytes();
            case "pieces" -> sha1s = cursor.string("'pieces'", SHA1_BYTES * chunkCount());
            case "sha256" -> sha256s = cursor.string("'sha256'", SHA256_BYTES * chunkCount());
            case "times" -> times = cursor.string("'times'", (long) Manifest.TIME_BYTES * (folder ? files.size() : 1));
            default -> cursor.skip();
        }
    }

    private void file() throws InvalidManifestException {
        int start = cursor.position();
        FileFields fields = new FileFields(cursor);
        FileEntry entry = fields.read();
        if (entry.length() > Long.MAX_VALUE - streamBytes) {
            throw cursor.wrong("lengths that add up to more than a number holds");
        }
        if (fields.isPadding()) {
            pad(entry.length());
        } else {
            refuse(paths.add(entry.path(), PathTable.Kind.FILE));
            files.add(start);
        }
        streamBytes += entry.length();
    }

    /** At most one before each file and one at the end, so they are bounded like the files. Their paths mean nothing. */
    private void pad(long length) throws InvalidManifestException {
        if (!pads.isEmpty() && pads.get(pads.size() - 1).file() == files.size()) {
            throw cursor.wrong("a pad entry after another");
        }
        if (length > limits.chunkBytesMax()) {
            throw cursor.wrong("a pad entry longer than a chunk: " + length + " bytes");
        }
        pads.add(new Padding.Pad(files.size(), streamBytes, length));
    }

    private void emptyFolder() throws InvalidManifestException {
        SharePath path = SharePath.checked(FileFields.path(cursor));
        refuse(paths.add(path, PathTable.Kind.EMPTY_FOLDER));
        emptyFolders.add(path);
    }

    private void chunkBytes() throws InvalidManifestException {
        long bytes = cursor.whole("'piece length'");
        if (bytes < limits.chunkBytesMin() || bytes > limits.chunkBytesMax() || Long.bitCount(bytes) != 1) {
            throw cursor.wrong("a piece length that is no power of two from 16 KiB to 64 MiB: " + bytes);
        }
        chunkBytes = (int) bytes;
        padding = Padding.of(pads, chunkBytes);
    }

    private long chunkCount() throws InvalidManifestException {
        if (chunkBytes == 0) {
            throw cursor.wrong("no 'piece length'");
        }
        long count = ChunkSizes.count(folder ? streamBytes : onlyFile().length(), chunkBytes);
        if (count > limits.chunksMax()) {
            throw cursor.wrong(count + " chunks, at most " + limits.chunksMax() + " are allowed");
        }
        return count;
    }

    private FileEntry onlyFile() throws InvalidManifestException {
        if (!file || name.isEmpty()) {
            throw cursor.wrong("needs 'name', and either 'length' or 'files'");
        }
        if (single.isPadding()) {
            throw cursor.wrong("a share that is nothing but padding");
        }
        return single.entry(SharePath.checked(List.of(name)));
    }

    private Manifest manifest() throws InvalidManifestException {
        if (name.isEmpty()) {
            throw cursor.wrong("no 'name'");
        }
        List<FileEntry> entries = folder ? files : List.of(onlyFile());
        if (chunkBytes == 0) {
            throw cursor.wrong("no 'piece length'");
        }
        if (sha1s < 0) {
            throw cursor.wrong("no 'pieces': not a version 1 torrent");
        }
        if (sha256s < 0) {
            throw cursor.wrong("no 'sha256': chunks that only SHA-1 would check");
        }
        ChunkGrid grid =
                new ChunkGrid(chunkBytes, folder ? streamBytes : onlyFile().length(), padding);
        return new Manifest(name, folder, grid, entries, emptyFolders, encoded, sha1s, sha256s, times);
    }

    private void refuse(@Nullable String problem) throws InvalidManifestException {
        if (problem != null) {
            throw cursor.wrong(problem);
        }
    }
}
