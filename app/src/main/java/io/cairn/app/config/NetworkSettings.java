package io.cairn.app.config;

import io.cairn.app.CairnException;
import io.cairn.app.work.NetworkKeyFiles;
import io.cairn.app.work.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The settings of a network: its name, and the file of its key. */
final class NetworkSettings {
    /** As key file: none, even if the network was joined with a key. */
    static final String NO_KEY = "none";

    static final int NAME_CHARACTERS_MAX = 64;

    private static final String KEY_FILE = "network-key-file";

    private NetworkSettings() {}

    static String name(String text) throws CairnException {
        if (!isName(text)) {
            throw ConfigSources.refused(
                    "network", text, "a network's name is 1 to " + NAME_CHARACTERS_MAX + " printable characters");
        }
        return text;
    }

    static boolean isName(String text) {
        return !text.isBlank()
                && text.length() <= NAME_CHARACTERS_MAX
                && text.chars().noneMatch(Character::isISOControl);
    }

    /**
     * The key file to use: the one that is named, else that of a network that was joined; null for an open network.
     *
     * @param given the setting; null if there is none
     * @param data the data directory
     */
    static @Nullable Path keyFile(@Nullable String given, String network, Path data) throws CairnException {
        if (given == null) {
            return new JoinedNetworks(data).keyFile(network).orElse(null);
        }
        return given.equals(NO_KEY) ? null : readable(given);
    }

    private static Path readable(String text) throws CairnException {
        Path path = ConfigSources.path(KEY_FILE, text);
        try {
            long length = Files.isRegularFile(path) ? Files.size(path) : -1;
            if (length < 0) {
                throw ConfigSources.refused(
                        KEY_FILE, text, Files.exists(path) ? "it is not a file" : "there is no such file");
            }
            if (length == 0 || length > NetworkKeyFiles.BYTES_MAX) {
                throw ConfigSources.refused(KEY_FILE, text, "a key is 1 byte to 64 KiB long, not " + length + " bytes");
            }
        } catch (IOException unreadable) {
            throw ConfigSources.refused(KEY_FILE, text, Reasons.of(unreadable));
        }
        if (!Files.isReadable(path)) {
            throw ConfigSources.refused(KEY_FILE, text, "permission denied");
        }
        return path;
    }
}
