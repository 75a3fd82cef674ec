package io.cairn.app.doctor.machine;

import io.cairn.app.Check;
import io.cairn.app.work.Reasons;
import io.cairn.transfer.store.file.Mount;
import io.cairn.transfer.store.file.OwnerOnly;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Who may read and write the data directory, and what kind of file system holds it. */
public final class DataDirectoryCheck {
    public static final String NAME = "data directory";

    private static final List<String> ON_A_NETWORK = List.of(
            "nfs",
            "cifs",
            "smb",
            "9p",
            "afs",
            "ceph",
            "gluster",
            "fuse.sshfs",
            "fuse.rclone",
            "fuse.davfs",
            "davfs",
            "webdav");

    private static final List<String> IN_MEMORY = List.of("tmpfs", "ramfs");

    private DataDirectoryCheck() {}

    /** Looks and judges. Blocks. */
    public static Check examine(Path folder) {
        try {
            return judge(
                    folder,
                    Files.isWritable(folder),
                    OwnerOnly.isOpenToOthers(folder),
                    Mount.of(folder).map(FileStore::type).orElse(""));
        } catch (IOException failure) {
            return Check.bad(
                    NAME, folder + " cannot be examined: " + Reasons.of(failure), "check that folder and its disk");
        }
    }

    /** @param fileSystem its type, or nothing if that is not known */
    static Check judge(Path folder, boolean isWritable, boolean isOpenToOthers, String fileSystem) {
        String type = fileSystem.toLowerCase(Locale.ROOT);
        if (!isWritable) {
            return Check.bad(
                    NAME,
                    "this user may not write to " + folder,
                    "give the user that runs cairn the right to, or name another data directory");
        }
        if (isOpenToOthers) {
            return Check.bad(
                    NAME,
                    "other users of this machine can access " + folder + ", and with it this node's key",
                    "protect it: chmod 700 '" + folder + "'");
        }
        if (ON_A_NETWORK.stream().anyMatch(type::startsWith)) {
            return Check.warning(
                    NAME,
                    folder + " is on a network drive (" + fileSystem
                            + "), where locks and the database are not reliable",
                    "name a data directory on a local disk");
        }
        return IN_MEMORY.contains(type)
                ? Check.warning(
                        NAME,
                        folder + " is in memory (" + fileSystem
                                + "): the node's key and its fetches are gone after a restart",
                        "name a data directory on a disk")
                : Check.ok(NAME, folder + " is this user's own" + (type.isEmpty() ? "" : ", on " + fileSystem));
    }
}
