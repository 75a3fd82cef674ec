package io.cairn.app.config;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Reason;
import io.cairn.app.work.NetworkKeyFiles;
import io.cairn.app.work.Reasons;
import io.cairn.dht.crypto.NetworkKey;
import io.cairn.transfer.content.link.PercentEncoding;
import io.cairn.transfer.store.file.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The private networks that were made or joined here: their keys, each in a file of 32 bytes that only its owner can read (mode 0600), in
 * the folder {@code networks} of the data directory. A node reads them when it starts. No file is ever overwritten.
 */
public final class JoinedNetworks {
    /** The folder of the keys in the data directory. */
    public static final String FOLDER = "networks";

    /** Longest name of a key file, in characters: with the suffix of a second key it fits every file system. */
    private static final int FILE_NAME_CHARACTERS_MAX = 240;

    private final Path folder;

    /** @param dataDirectory need not exist */
    public JoinedNetworks(Path dataDirectory) {
        this.folder = dataDirectory.resolve(FOLDER);
    }

    /**
     * A private network whose key is here.
     *
     * @param file the key
     * @param keys how many are valid: 1, or 2 while one replaces another
     */
    public record Joined(String name, Path file, int keys) {}

    /** The key of a network that was joined. */
    public Optional<Path> keyFile(String name) {
        Path file = file(name);
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    /**
     * Makes a new key.
     *
     * @param rotate whether it replaces one that is here, which stays valid until {@link #retire}
     * @param random cryptographically strong
     * @throws CairnException of kind EXISTS if there is one and it is not to be replaced
     */
    public NetworkInvite create(String name, boolean rotate, RandomGenerator random) throws CairnException {
        byte[] secret = new byte[NetworkKey.SECRET_BYTES];
        random.nextBytes(secret);
        NetworkInvite invite = new NetworkInvite(NetworkSettings.name(name), secret);
        store(invite, rotate, "cannot make a key for the network \"" + name + "\"");
        return invite;
    }

    /**
     * Stores the key of an invite; does nothing if it is here.
     *
     * @param rotate as above
     * @throws CairnException of kind EXISTS if another key is here and is not to be replaced
     */
    public Joined join(NetworkInvite invite, boolean rotate) throws CairnException {
        String what = "cannot join the network \"" + invite.network() + "\"";
        try {
            for (byte[] known : secrets(invite.network())) {
                if (Arrays.equals(known, invite.secret())) {
                    return joined(invite.network());
                }
            }
        } catch (IOException failure) {
            throw failed(what, failure);
        }
        store(invite, rotate, what);
        return joined(invite.network());
    }

    /** The invite of a network: of its new key, if it has two. */
    public NetworkInvite invite(String name) throws CairnException {
        String what = "cannot invite to the network \"" + name + "\"";
        try {
            List<byte[]> secrets = secrets(name);
            if (secrets.isEmpty()) {
                throw unknown(what, name);
            }
            byte[] latest = secrets.get(secrets.size() - 1);
            if (latest.length != NetworkKey.SECRET_BYTES) {
                throw new CairnException(
                        Kind.OTHER,
                        what,
                        "its key file has " + latest.length + " bytes, not " + NetworkKey.SECRET_BYTES,
                        "copy the file itself to the other machine");
            }
            return new NetworkInvite(name, latest);
        } catch (IOException failure) {
            throw failed(what, failure);
        }
    }

    /** Makes the new key of a network its only one. */
    public Joined retire(String name) throws CairnException {
        String what = "cannot retire a key of the network \"" + name + "\"";
        Path file = file(name);
        if (!Files.exists(file)) {
            throw unknown(what, name);
        }
        Path latest = NetworkKeyFiles.newBeside(file);
        if (!Files.exists(latest)) {
            throw new CairnException(
                    Kind.USAGE,
                    what,
                    "it has one key only",
                    Reason.REPLACE_THE_NETWORK_KEY
                            .says("make a new key first, and give its invite to all members")
                            .and("network", name));
        }
        try {
            Files.move(latest, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return joined(name);
        } catch (IOException failure) {
            throw failed(what, failure);
        }
    }

    /** Sorted by name. */
    public List<Joined> list() throws CairnException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Joined> joined = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = PercentEncoding.decode(
                        String.valueOf(file.getFileName()).replaceFirst("\\.key$", ""));
                if (file(name).equals(file)) {
                    joined.add(joined(name));
                }
            }
            return joined;
        } catch (IOException failure) {
            throw failed("cannot list the networks", failure);
        }
    }

    private Joined joined(String name) {
        Path file = file(name);
        return new Joined(name, file, Files.exists(NetworkKeyFiles.newBeside(file)) ? 2 : 1);
    }

    private List<byte[]> secrets(String name) throws IOException {
        Path file = file(name);
        return Files.exists(file) ? NetworkKeyFiles.secrets(file) : List.of();
    }

    private void store(NetworkInvite invite, boolean rotate, String what) throws CairnException {
        Path first = file(invite.network());
        Path file = rotate ? NetworkKeyFiles.newBeside(first) : first;
        if (String.valueOf(file.getFileName()).length() > FILE_NAME_CHARACTERS_MAX) {
            throw new CairnException(
                    Kind.USAGE,
                    what,
                    "its name is too long for a file",
                    "take a shorter name, or one of ASCII letters");
        }
        if (rotate && !Files.exists(first)) {
            throw unknown(what, invite.network());
        }
        try {
            Path dataDirectory = folder.toAbsolutePath().getParent();
            if (dataDirectory != null && !Files.isDirectory(dataDirectory)) {
                OwnerOnly.createFolders(dataDirectory);
            }
            if (!Files.isDirectory(folder)) {
                OwnerOnly.createFolder(folder);
            }
            write(file, invite.secret());
        } catch (FileAlreadyExistsException there) {
            throw new CairnException(
                    Kind.EXISTS,
                    what,
                    rotate ? "it has two keys here already" : "there is a key for it already: " + file,
                    (rotate ? Reason.RETIRE_THE_NETWORK_KEY : Reason.REPLACE_THE_NETWORK_KEY)
                            .says(
                                    rotate
                                            ? "retire the old key first, once all members have the new one"
                                            : "use the key that is here, or add this one as its successor")
                            .and("network", invite.network()),
                    there);
        } catch (IOException failure) {
            throw failed(what, failure);
        }
    }

    private static void write(Path file, byte[] secret) throws IOException {
        boolean isWhole = false;
        try (FileChannel channel = OwnerOnly.create(file)) {
            try {
                int written = channel.write(ByteBuffer.wrap(secret));
                channel.force(true);
                isWhole = written == secret.length;
            } finally {
                if (!isWhole) {
                    Files.delete(file);
                }
            }
        }
        if (!isWhole) {
            throw new IOException("the key was not written whole");
        }
    }

    /** A dot is encoded too, so that no name looks like that of a second key. */
    private Path file(String name) {
        return folder.resolve(PercentEncoding.encode(name).replace(".", "%2E") + NetworkKeyFiles.SUFFIX);
    }

    private static CairnException unknown(String what, String name) {
        return new CairnException(
                Kind.USAGE,
                what,
                "no key for it is here",
                Reason.LIST_THE_NETWORKS
                        .says("check the name; or make or join the network first")
                        .and("network", name));
    }

    private static CairnException failed(String what, IOException failure) {
        return new CairnException(
                Reasons.kind(failure),
                what,
                Reasons.withFile(failure),
                "make the folder of the keys readable and writable for this user",
                failure);
    }
}
