package io.cairn.app.node;

import io.cairn.app.CairnException;
import io.cairn.app.work.StateFailures;
import io.cairn.dht.crypto.Identity;
import io.cairn.transfer.store.file.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.random.RandomGenerator;

/** The node's secret key on disk: 32 bytes in the file {@code identity}, which only its owner can read (mode 0600). */
final class IdentityFile {
    static final String NAME = "identity";

    private IdentityFile() {}

    /** Reads the key, or creates it at the first start. Removes the permissions of others from the file. */
    static Identity loadOrCreate(Path directory, RandomGenerator random) throws CairnException {
        Path file = directory.resolve(NAME);
        try {
            return Files.exists(file) ? load(file) : create(file, random);
        } catch (IOException failure) {
            throw StateFailures.of("cannot use the node's key " + file, file, failure);
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
        OwnerOnly.tightenFile(file);
        return Identity.fromSeed(Files.readAllBytes(file));
    }

    private static Identity create(Path file, RandomGenerator random) throws IOException {
        Identity identity = Identity.generate(random);
        Path draft = file.resolveSibling("identity.new");
        Files.deleteIfExists(draft);
        try (FileChannel channel = OwnerOnly.create(draft)) {
            channel.write(ByteBuffer.wrap(identity.seed()));
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return identity;
    }
}
