package io.cairn.control.socket;

import io.cairn.transfer.store.file.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place for the socket of a node: in its data directory; or where that path is too long, or the file system has no sockets, in the
 * user's runtime folder or a new temporary one, which the file {@link ControlSocket#POINTER} names. A socket is bound in a folder that
 * nobody else may enter, and moved once its permissions are set: there is no moment at which others can connect.
 */
public final class SocketPlace {
    static final String TEMPORARY = "cairn-control-";
    static final String PRIVATE = ".control";
    static final String UNNAMED = "s";
    private static final String SUFFIX = ".sock";

    private final Path dataDirectory;
    private final Path socket;
    private final boolean isTemporary;

    private SocketPlace(Path dataDirectory, Path socket, boolean isTemporary) {
        this.dataDirectory = dataDirectory;
        this.socket = socket;
        this.isTemporary = isTemporary;
    }

    /** Binds a socket to a path. */
    @FunctionalInterface
    public interface Binding<T> {
        T bind(Path path) throws IOException;
    }

    /** A bound socket and its place. */
    public record Bound<T>(T value, SocketPlace place) {}

    /**
     * Binds at the first place that permits it, and removes what an earlier process left. The caller holds the lock of the data
     * directory.
     *
     * @param runtime the user's runtime folder ({@code XDG_RUNTIME_DIR}), if there is one
     */
    public static <T> Bound<T> bind(Path dataDirectory, @Nullable Path runtime, Binding<T> binding) throws IOException {
        Path directory = dataDirectory.toAbsolutePath().normalize();
        StaleSocket.remove(directory);
        IOException failure = new IOException("no place for the control socket");
        for (Candidate candidate : candidates(directory, runtime)) {
            try {
                SocketPlace place = candidate.create();
                return new Bound<>(place.boundOrRemoved(binding), place);
            } catch (IOException impossible) {
                failure.addSuppressed(impossible);
            }
        }
        throw failure;
    }

    /** Where clients connect. */
    public Path socket() {
        return socket;
    }

    /** Removes the socket: nobody connects any more. */
    public void remove() throws IOException {
        Files.deleteIfExists(dataDirectory.resolve(ControlSocket.POINTER));
        Files.deleteIfExists(socket);
        if (isTemporary) {
            Files.deleteIfExists(folder());
        }
    }

    @FunctionalInterface
    private interface Candidate {
        SocketPlace create() throws IOException;
    }

    private static List<Candidate> candidates(Path directory, @Nullable Path runtime) {
        List<Candidate> candidates = new ArrayList<>();
        candidates.add(() -> new SocketPlace(directory, directory.resolve(ControlSocket.NAME), false));
        if (runtime != null) {
            candidates.add(() -> {
                Path folder = runtime.resolve("cairn");
                if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    OwnerOnly.createFolder(folder);
                }
                OwnerOnly.tightenFolder(folder); // fails if it is somebody else's
                return new SocketPlace(directory, folder.resolve(digest(directory) + SUFFIX), false);
            });
        }
        candidates.add(() ->
                new SocketPlace(directory, Files.createTempDirectory(TEMPORARY).resolve(ControlSocket.NAME), true));
        return candidates;
    }

    private <T> T boundOrRemoved(Binding<T> binding) throws IOException {
        boolean isBound = false;
        try {
            if (!folder().equals(dataDirectory)) {
                point(); // first: the next process knows what to remove if this one is killed
            }
            T bound = bound(binding);
            isBound = true;
            return bound;
        } finally {
            if (!isBound) {
                remove();
            }
        }
    }

    private <T> T bound(Binding<T> binding) throws IOException {
        Path within = folder().resolve(PRIVATE);
        Path unnamed = within.resolve(UNNAMED);
        if (!ControlSocket.fits(socket) || !ControlSocket.fits(unnamed)) {
            throw new IOException("the path of the socket is too long: " + socket);
        }
        Files.deleteIfExists(unnamed);
        Files.deleteIfExists(within);
        OwnerOnly.createFolder(within);
        try {
            T bound = binding.bind(unnamed);
            OwnerOnly.tightenFile(unnamed);
            Files.move(unnamed, socket, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return bound;
        } finally {
            Files.deleteIfExists(unnamed);
            Files.deleteIfExists(within);
        }
    }

    private void point() throws IOException {
        Path pointer = dataDirectory.resolve(ControlSocket.POINTER);
        try (FileChannel file = OwnerOnly.open(pointer)) {
            file.truncate(0);
            file.write(ByteBuffer.wrap((socket + "\n").getBytes(StandardCharsets.UTF_8)));
        }
    }

    private Path folder() {
        return Objects.requireNonNull(socket.getParent());
    }

    private static String digest(Path directory) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(directory.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
