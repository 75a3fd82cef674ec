package io.cairn.samples.endtoend;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Files to share, and checks of whether they arrived. */
final class Content {
    static final int KIB = 1 << 10;
    static final int MIB = 1 << 20;

    private Content() {}

    /** Writes pseudorandom bytes from a seed; they are incompressible and unpredictable. */
    static Path random(Path file, long length, long seed) throws IOException {
        Random random = new Random(seed);
        byte[] block = new byte[64 * KIB];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (long left = length; left > 0; left -= block.length) {
                random.nextBytes(block);
                out.write(block, 0, (int) Math.min(block.length, left));
            }
        }
        return file;
    }

    /** Flips one bit in every 64 KiB and keeps length and modification time. */
    static void corruptUnnoticed(Path file) throws IOException {
        FileTime modified = Files.getLastModifiedTime(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            for (long position = 0; position < channel.size(); position += 64 * KIB) {
                one.clear();
                channel.read(one, position);
                one.flip();
                one.put(0, (byte) (one.get(0) ^ 1));
                channel.write(one, position);
            }
        }
        Files.setLastModifiedTime(file, modified);
    }

    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] block = new byte[64 * KIB];
            for (int length = in.read(block); length >= 0; length = in.read(block)) {
                digest.update(block, 0, length);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** Every path below a folder with the SHA-256 of its content; {@code folder} for folders. */
    static Map<String, String> tree(Path folder) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.forEach(path -> tree.put(folder.relativize(path).toString(), describe(path)));
        }
        return tree;
    }

    private static String describe(Path path) {
        try {
            return Files.isDirectory(path) ? "folder" : sha256(path);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
