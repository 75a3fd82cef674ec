package io.cairn.transfer.content;

import io.cairn.transfer.content.Bencode.ByteString;
import io.cairn.transfer.content.Bencode.Dictionary;
import io.cairn.transfer.content.Bencode.Items;
import io.cairn.transfer.content.Bencode.Whole;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns an {@code info} dictionary into a manifest, checking each field and all fields against each other. */
final class ManifestParser {
    private final ManifestLimits limits;

    ManifestParser(ManifestLimits limits) {
        this.limits = limits;
    }

    Manifest parse(byte[] encoded) throws InvalidManifestException {
        if (!(BencodeReader.read(encoded, limits) instanceof Dictionary info)) {
            throw new InvalidManifestException("not a dictionary");
        }
        String name = text(info, "name");
        refuse(PathRules.problemWithName(name));
        boolean folder = info.entries().containsKey("files");
        if (folder == info.entries().containsKey("length")) {
            throw new InvalidManifestException("needs either 'length' or 'files'");
        }
        List<FileEntry> files = folder ? files(info) : List.of(file(info, new SharePath(List.of(name))));
        List<SharePath> emptyFolders = emptyFolders(info);
        if (!folder && !emptyFolders.isEmpty()) {
            throw new InvalidManifestException("a single file with empty folders");
        }
        if (files.size() + emptyFolders.size() > limits.filesMax()) {
            throw new InvalidManifestException("more than " + limits.filesMax() + " files and empty folders");
        }
        refuse(PathRules.collision(files, emptyFolders));
        int chunkBytes = chunkBytes(info);
        long chunkCount = ChunkSizes.count(totalBytes(files), chunkBytes);
        byte[] sha1s = digests(info, "pieces", 20, chunkCount);
        byte[] sha256s = info.entries().containsKey("sha256") ? digests(info, "sha256", 32, chunkCount) : new byte[0];
        return new Manifest(name, folder, chunkBytes, files, emptyFolders, sha1s, sha256s, encoded);
    }

    private static List<FileEntry> files(Dictionary info) throws InvalidManifestException {
        List<FileEntry> files = new ArrayList<>();
        for (Bencode value : items(info.entries().get("files"), "files")) {
            if (!(value instanceof Dictionary entry)) {
                throw new InvalidManifestException("an entry of 'files' that is no dictionary");
            }
            files.add(file(entry, path(entry.entries().get("path"))));
        }
        return files;
    }

    private static FileEntry file(Dictionary entry, SharePath path) throws InvalidManifestException {
        long length = whole(entry, "length");
        if (length < 0) {
            throw new InvalidManifestException("a negative length of '" + path + "'");
        }
        String attributes = entry.entries().containsKey("attr") ? text(entry, "attr") : "";
        if (attributes.contains("p") || attributes.contains("l")) {
            throw new InvalidManifestException(
                    "padding files and symbolic links of torrents are not supported: '" + path + "'");
        }
        return new FileEntry(path, length, attributes.contains("x"));
    }

    private static List<SharePath> emptyFolders(Dictionary info) throws InvalidManifestException {
        List<SharePath> folders = new ArrayList<>();
        if (info.entries().containsKey("empty dirs")) {
            for (Bencode value : items(info.entries().get("empty dirs"), "empty dirs")) {
                folders.add(path(value));
            }
        }
        return folders;
    }

    private static SharePath path(@Nullable Bencode value) throws InvalidManifestException {
        List<String> components = new ArrayList<>();
        for (Bencode component : items(value, "path")) {
            components.add(text(component, "path"));
        }
        refuse(PathRules.problemWithPath(components));
        return new SharePath(components);
    }

    private int chunkBytes(Dictionary info) throws InvalidManifestException {
        long chunkBytes = whole(info, "piece length");
        if (chunkBytes < limits.chunkBytesMin()
                || chunkBytes > limits.chunkBytesMax()
                || Long.bitCount(chunkBytes) != 1) {
            throw new InvalidManifestException(
                    "a piece length that is no power of two from 16 KiB to 64 MiB: " + chunkBytes);
        }
        return (int) chunkBytes;
    }

    private static long totalBytes(List<FileEntry> files) throws InvalidManifestException {
        long total = 0;
        for (FileEntry file : files) {
            if (file.length() > Long.MAX_VALUE - total) {
                throw new InvalidManifestException("lengths that add up to more than a number holds");
            }
            total += file.length();
        }
        return total;
    }

    private static byte[] digests(Dictionary info, String key, int digestBytes, long chunkCount)
            throws InvalidManifestException {
        if (!(info.entries().get(key) instanceof ByteString digests)) {
            throw new InvalidManifestException("no '" + key + "': not a version 1 torrent");
        }
        int length = digests.bytes().length;
        if (length % digestBytes != 0 || length / digestBytes != chunkCount) {
            throw new InvalidManifestException(
                    "'" + key + "' has " + length + " bytes, but there are " + chunkCount + " chunks");
        }
        return digests.bytes();
    }

    private static List<Bencode> items(@Nullable Bencode value, String key) throws InvalidManifestException {
        if (value instanceof Items items) {
            return items.values();
        }
        throw new InvalidManifestException("'" + key + "' is no list");
    }

    private static long whole(Dictionary dictionary, String key) throws InvalidManifestException {
        if (dictionary.entries().get(key) instanceof Whole whole) {
            return whole.value();
        }
        throw new InvalidManifestException("'" + key + "' is no number");
    }

    private static String text(Dictionary dictionary, String key) throws InvalidManifestException {
        return text(dictionary.entries().get(key), key);
    }

    private static String text(@Nullable Bencode value, String key) throws InvalidManifestException {
        if (!(value instanceof ByteString string)) {
            throw new InvalidManifestException("'" + key + "' is no text");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(string.bytes()))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new InvalidManifestException("'" + key + "' is not UTF-8");
        }
    }

    private static void refuse(@Nullable String problem) throws InvalidManifestException {
        if (problem != null) {
            throw new InvalidManifestException(problem);
        }
    }
}
