package io.cairn.transfer.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The default permissions under the process's umask. Java does not expose the umask, so a probe folder is created once. */
final class UsualPermissions {
    private @Nullable Set<PosixFilePermission> ofFolders;

    synchronized Set<PosixFilePermission> of(boolean folder) throws IOException {
        Set<PosixFilePermission> known = ofFolders;
        if (known == null) {
            known = seen();
            ofFolders = known;
        }
        EnumSet<PosixFilePermission> permissions = EnumSet.copyOf(known);
        if (!folder) {
            permissions.remove(PosixFilePermission.OWNER_EXECUTE);
            permissions.remove(PosixFilePermission.GROUP_EXECUTE);
            permissions.remove(PosixFilePermission.OTHERS_EXECUTE);
        }
        return permissions;
    }

    private static Set<PosixFilePermission> seen() throws IOException {
        Path probe = Path.of(System.getProperty("java.io.tmpdir"), "cairn-" + UUID.randomUUID());
        Files.createDirectory(probe);
        try {
            return Files.getPosixFilePermissions(probe);
        } finally {
            Files.delete(probe);
        }
    }
}
