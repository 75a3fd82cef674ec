package io.cairn.transfer.content.hashing;

import io.cairn.transfer.content.Exclusions;
import io.cairn.transfer.content.OddEntries;
import io.cairn.transfer.content.ScanNotes;
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.content.UnshareableException;
import io.cairn.transfer.content.manifest.ChunkSizes;
import io.cairn.transfer.content.manifest.FileEntry;
import io.cairn.transfer.content.manifest.ManifestCodec;
import io.cairn.transfer.content.manifest.ManifestLimits;
import io.cairn.transfer.content.manifest.PathRules;
import io.cairn.transfer.content.manifest.PathTable;
import io.cairn.transfer.content.manifest.PortableNames;
import io.cairn.transfer.content.manifest.SharePath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Walks a file or folder to share, in an order that depends only on names. Follows symbolic links inside the shared folder. The
 * options decide whether entries that cannot be shared are left out or refused. Opens no file but {@code .cairnignore}, so a named
 * pipe cannot block it. Costs one directory listing per folder and three system calls per entry.
 */
public final class ShareScanner {
    /** Most entries of one folder, including excluded ones: their names are in memory while the folder is scanned. */
    private static final int LISTED_MAX = 2 * ManifestCodec.ENTRIES_MAX;

    private final Path root;
    private final String name;
    private final ShareOptions options;
    private final Exclusions exclusions;
    private final BooleanSupplier cancelled;
    private final List<FileEntry> files = new ArrayList<>();
    private final List<FileStamp> stamps = new ArrayList<>();
    private final List<SharePath> emptyFolders = new ArrayList<>();
    private final Deque<Path> foldersAbove = new ArrayDeque<>();
    private final PathTable paths = new PathTable(ManifestLimits.DEFAULT.entriesMax());
    private final ScanNotes.Gathering leftOut = new ScanNotes.Gathering();
    private final ScanNotes.Gathering unportable = new ScanNotes.Gathering();
    private int excluded;
    private long totalBytes;

    private ShareScanner(Path root, String name, ShareOptions options, BooleanSupplier cancelled) {
        this.root = root;
        this.name = name;
        this.options = options;
        this.exclusions = new Exclusions(root, options.exclude());
        this.cancelled = cancelled;
    }

    /** Scans a file or folder with the default options. */
    public static ScannedShare scan(Path path) throws IOException {
        return scan(path, ShareOptions.DEFAULT, () -> false);
    }

    /**
     * Scans a file or folder. The share gets its real name, even if the path is {@code .}; a link
     * gives the share the link's own name.
     *
     * @param cancelled asked at every entry
     * @throws NoSuchFileException if the path does not exist
     * @throws UnshareableException naming the entry that cannot be shared, and why
     * @throws IllegalArgumentException if a pattern is empty
     * @throws CancellationException if asked to stop
     */
    public static ScannedShare scan(Path path, ShareOptions options, BooleanSupplier cancelled) throws IOException {
        checkSpelling(path);
        Path root = path.toRealPath();
        if (root.getFileName() == null) {
            throw new UnshareableException(root, "the root of a file system has no name to share it under");
        }
        checkSpelling(root);
        String name = nameOf(path, root);
        String problem = PathRules.problemWithName(name);
        if (problem != null) {
            throw new UnshareableException(path, problem);
        }
        ShareScanner scanner = new ShareScanner(root, name, options, cancelled);
        BasicFileAttributes attributes = attributes(root);
        if (attributes.isDirectory()) {
            scanner.notePortability(List.of(name), name);
            scanner.visitFolder(root, List.of());
            String noPattern = scanner.exclusions.problem();
            if (noPattern != null) {
                throw new UnshareableException(root, noPattern);
            }
        } else {
            String odd = notAFile(attributes);
            if (odd != null) {
                throw new UnshareableException(root, odd);
            }
            scanner.addFile(root, List.of(name), attributes);
        }
        return scanner.result(attributes.isDirectory());
    }

    /** The name of a link as typed, and the real name of anything else; the two differ if case is ignored, and for {@code .}. */
    private static String nameOf(Path path, Path root) {
        Path typed = path.toAbsolutePath().getFileName();
        boolean link = typed != null
                && !typed.toString().equals(".")
                && !typed.toString().equals("..")
                && Files.isSymbolicLink(path);
        return (link ? typed : root.getFileName()).toString();
    }

    private ScannedShare result(boolean folder) {
        ScanNotes notes = new ScanNotes(leftOut.noted(), unportable.noted(), excluded);
        return new ScannedShare(
                root, name, folder, files, stamps, emptyFolders, options.layout(), options.times(), notes);
    }

    private void visitFolder(Path folder, List<String> path) throws IOException {
        foldersAbove.push(folder.toRealPath());
        exclusions.enter(path, folder);
        int before = files.size() + emptyFolders.size();
        Set<String> names = names(folder, path);
        for (String child : names) {
            List<String> childPath = below(path, child);
            Path place = folder.resolve(child);
            if (exclusions.exclude(childPath, names, place)) {
                excluded++;
            } else {
                visit(place, childPath);
            }
        }
        if (files.size() + emptyFolders.size() == before && !path.isEmpty()) {
            SharePath empty = SharePath.checked(path);
            add(empty, PathTable.Kind.EMPTY_FOLDER);
            emptyFolders.add(empty);
        }
        exclusions.leave(path);
        foldersAbove.pop();
    }

    private void visit(Path child, List<String> path) throws IOException {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("scanning " + root);
        }
        String problem = PathRules.problemWithPath(path);
        if (problem == null && Files.isSymbolicLink(child)) {
            problem = problemWithLink(child);
        }
        if (problem != null) {
            leaveOut(child, path, problem);
            return;
        }
        BasicFileAttributes attributes;
        try {
            attributes = attributes(child);
        } catch (NoSuchFileException goneSinceItWasListed) {
            return;
        }
        if (!attributes.isDirectory()) {
            String odd = notAFile(attributes);
            if (odd == null) {
                addFile(child, path, attributes);
            } else {
                leaveOut(child, path, odd);
            }
        } else if (foldersAbove.contains(child.toRealPath())) {
            leaveOut(child, path, "a symbolic link to a folder that it is in");
        } else if (!Files.isReadable(child) || !Files.isExecutable(child)) {
            unreadable(child, path, "cannot be listed: permission denied");
        } else {
            notePortability(path, String.join("/", path));
            visitFolder(child, path);
        }
    }

    private void addFile(Path file, List<String> path, BasicFileAttributes attributes) throws IOException {
        if (!Files.isReadable(file)) {
            unreadable(file, path, "cannot be read: permission denied");
            return;
        }
        SharePath sharePath = SharePath.checked(path);
        add(sharePath, PathTable.Kind.FILE);
        notePortability(path, sharePath.toString());
        boolean executable = attributes instanceof PosixFileAttributes posix
                && posix.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
        files.add(new FileEntry(sharePath, attributes.size(), executable));
        stamps.add(FileStamp.of(attributes));
        totalBytes += attributes.size();
        if (totalBytes > ChunkSizes.TOTAL_BYTES_MAX) {
            throw new UnshareableException(root, "longer than 8 TiB, the most that a share can have");
        }
    }

    private void add(SharePath path, PathTable.Kind kind) throws UnshareableException {
        String problem = paths.add(path, kind);
        if (problem != null) {
            throw new UnshareableException(root, problem + "; leave out what need not be shared with --exclude");
        }
    }

    private void leaveOut(Path entry, List<String> path, String reason) throws UnshareableException {
        if (options.odd() == OddEntries.REFUSE || foldersAbove.isEmpty()) {
            throw new UnshareableException(entry, reason);
        }
        leftOut.add(String.join("/", path), reason);
    }

    private void unreadable(Path entry, List<String> path, String reason) throws UnshareableException {
        if (options.odd() != OddEntries.LEAVE_OUT_UNREADABLE) {
            throw new UnshareableException(entry, reason);
        }
        leaveOut(entry, path, reason);
    }

    private void notePortability(List<String> path, String shown) {
        String problem = PortableNames.problem(path);
        if (problem != null) {
            unportable.add(shown, problem);
        }
    }

    private @Nullable String problemWithLink(Path link) throws IOException {
        try {
            Path real = link.toRealPath();
            return real.startsWith(root) ? null : "a symbolic link that leads outside the shared folder, to " + real;
        } catch (NoSuchFileException dangling) {
            return "a symbolic link that leads to nothing";
        } catch (AccessDeniedException denied) {
            return "a symbolic link that cannot be followed: permission denied";
        } catch (FileSystemException loop) {
            return "a symbolic link that leads to itself";
        }
    }

    private static @Nullable String notAFile(BasicFileAttributes attributes) {
        return attributes.isRegularFile() ? null : "neither a file nor a folder (a pipe, socket or device)";
    }

    /** The names in a folder, in the order of their UTF-8 bytes. */
    private Set<String> names(Path folder, List<String> path) throws IOException {
        Set<String> names = new TreeSet<>(ShareScanner::compareCodePoints);
        try (DirectoryStream<Path> listing = Files.newDirectoryStream(folder)) {
            for (Path child : listing) {
                String childName = child.getFileName().toString();
                if (isSpelled(child)) {
                    names.add(childName);
                } else {
                    leaveOut(child, below(path, childName), "its name is not valid UTF-8");
                }
                if (names.size() > LISTED_MAX) {
                    throw new UnshareableException(
                            folder, String.format("one folder with more than %,d entries", LISTED_MAX));
                }
            }
        } catch (AccessDeniedException denied) {
            throw new UnshareableException(folder, "cannot be listed: permission denied", denied);
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        return names;
    }

    private static List<String> below(List<String> folder, String name) {
        List<String> path = new ArrayList<>(folder.size() + 1);
        path.addAll(folder);
        path.add(name);
        return path;
    }

    /** Compares like UTF-8 bytes. UTF-16 order differs: it sorts characters beyond U+FFFF before U+E000 to U+FFFF. */
    static int compareCodePoints(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                boolean surrogateA = Character.isSurrogate(a);
                return surrogateA == Character.isSurrogate(b) ? a - b : surrogateA ? 1 : -1;
            }
        }
        return one.length() - other.length();
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.readAttributes(path, PosixFileAttributes.class)
                : Files.readAttributes(path, BasicFileAttributes.class);
    }

    private static void checkSpelling(Path path) throws UnshareableException {
        if (!isSpelled(path)) {
            throw new UnshareableException(path, "its name is not valid UTF-8; rename it to share it");
        }
    }

    /** Java keeps a name's bytes but shows them decoded. A name that does not survive the round trip cannot be sent to others. */
    private static boolean isSpelled(Path path) {
        try {
            return path.getFileSystem().getPath(path.toString()).equals(path);
        } catch (InvalidPathException notEncodable) {
            return false;
        }
    }
}
