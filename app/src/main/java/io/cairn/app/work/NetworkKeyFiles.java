package io.cairn.app.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The key files of a private network: {@code NAME.key}, and {@code NAME.new.key} beside it while one key replaces another. Both are then
 * valid. A key file of another name has no second one.
 */
public final class NetworkKeyFiles {
    /** Longest key file in bytes. */
    public static final long BYTES_MAX = 64 * 1024;

    /** The end of the name of a key file that may have a second one beside it. */
    public static final String SUFFIX = ".key";

    private static final String NEW_SUFFIX = ".new" + SUFFIX;

    private NetworkKeyFiles() {}

    /** Where the key lies that replaces this one; the file itself if its name allows none. */
    public static Path newBeside(Path keyFile) {
        String name = String.valueOf(keyFile.getFileName());
        return name.endsWith(SUFFIX) && !name.endsWith(NEW_SUFFIX)
                ? keyFile.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + NEW_SUFFIX)
                : keyFile;
    }

    /**
     * The valid secrets, the older first.
     *
     * @throws IOException if a file cannot be read, is empty or is longer than {@link #BYTES_MAX}
     */
    public static List<byte[]> secrets(Path keyFile) throws IOException {
        List<byte[]> secrets = new ArrayList<>();
        secrets.add(secret(keyFile));
        Path second = newBeside(keyFile);
        if (!second.equals(keyFile) && Files.exists(second)) {
            secrets.add(secret(second));
        }
        return secrets;
    }

    private static byte[] secret(Path file) throws IOException {
        long bytes = Files.size(file);
        if (bytes == 0 || bytes > BYTES_MAX) {
            throw new IOException("a key is 1 byte to 64 KiB long, and " + file + " has " + bytes + " bytes");
        }
        return Files.readAllBytes(file);
    }
}
