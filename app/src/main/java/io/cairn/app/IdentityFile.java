package io.cairn.app;

import io.cairn.dht.crypto.Identity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The node's secret key on disk: 32 bytes in the file {@code identity}, which only its owner can read (mode 0600). */
final class IdentityFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private IdentityFile() {}

    /** Reads the key, or makes one at the first start. A file that others could read is closed to them. */
    static Identity loadOrCreate(Path directory, RandomGenerator random) throws CairnException {
        Path file = directory.resolve("identity");
        try {
            return Files.exists(file) ? load(file) : create(file, random);
        } catch (IOException failure) {
            throw new CairnException(
                    CairnException.Kind.OTHER,
                    "cannot use the node's key " + file,
                    Reasons.withFile(failure),
                    "make it readable and writable for this user",
                    failure);
        }
    }

    private static Identity load(Path file) throws IOException, CairnException {
        if (Files.size(file) != Identity.SEED_BYTES) {
            throw new CairnException(
                    CairnException.Kind.OTHER,
                    "cannot use the node's key " + file,
                    "it has " + Files.size(file) + " bytes, not " + Identity.SEED_BYTES + ": it is damaged",
                    "restore it from a backup, or delete it to become a new node");
        }
        if (isPosix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
        return Identity.fromSeed(Files.readAllBytes(file));
    }

    private static Identity create(Path file, RandomGenerator random) throws IOException {
        Identity identity = Identity.generate(random);
        Path draft = file.resolveSibling("identity.new");
        Files.deleteIfExists(draft);
        FileAttribute<?>[] mode = isPosix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        try (FileChannel channel =
                FileChannel.open(draft, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
            channel.write(ByteBuffer.wrap(identity.seed()));
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return identity;
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
