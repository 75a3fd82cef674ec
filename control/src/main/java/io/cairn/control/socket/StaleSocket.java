package io.cairn.control.socket;

import io.cairn.transfer.store.file.OwnerOnly;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a process that was killed left of its control socket: in its data directory, and where the file there points to. */
final class StaleSocket {
    private static final Pattern TEMPORARY = Pattern.compile(Pattern.quote(SocketPlace.TEMPORARY) + "[0-9]+");
    private static final Logger LOG = LoggerFactory.getLogger(StaleSocket.class);

    private StaleSocket() {}

    /** Removes it. The caller holds the lock of the data directory. */
    static void remove(Path dataDirectory) throws IOException {
        Optional<Path> elsewhere = ControlSocket.named(dataDirectory);
        Files.deleteIfExists(dataDirectory.resolve(ControlSocket.POINTER));
        removeSocket(dataDirectory.resolve(ControlSocket.NAME));
        if (elsewhere.isPresent()) {
            Path folder = elsewhere.get().getParent();
            if (folder != null && isOwn(folder, dataDirectory)) {
                removeSocket(elsewhere.get());
                if (TEMPORARY.matcher(String.valueOf(folder.getFileName())).matches()) {
                    removeTemporary(folder);
                }
            }
        }
    }

    private static void removeTemporary(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder.resolve(SocketPlace.PRIVATE).resolve(SocketPlace.UNNAMED));
            Files.deleteIfExists(folder.resolve(SocketPlace.PRIVATE));
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException notOnlyASocket) {
            LOG.debug("{} stays, since it holds more than a socket", folder, notOnlyASocket);
        }
    }

    private static void removeSocket(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                && Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .isOther()) {
            Files.deleteIfExists(path);
        }
    }

    /** Whether it is a folder of the user whose node this is, closed to all others. */
    private static boolean isOwn(Path folder, Path dataDirectory) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && !OwnerOnly.isOpenToOthers(folder)
                && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(dataDirectory));
    }
}
