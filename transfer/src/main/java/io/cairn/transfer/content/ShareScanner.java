package io.cairn.transfer.content;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
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
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks what is to be shared, in an order that depends on names alone. Symbolic links are followed inside the shared folder and
 * refused where they lead outside or in circles. Reads no file and opens none, so a named pipe cannot block it; costs one directory
 * listing a folder and two system calls an entry.
 */
public final class ShareScanner {
    private static final Comparator<Path> BY_NAME_BYTES = Comparator.comparing(
            path -> path.getFileName().toString().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private final Path root;
    private final List<FileEntry> files = new ArrayList<>();
    private final List<FileStamp> stamps = new ArrayList<>();
    private final List<SharePath> emptyFolders = new ArrayList<>();
    private final Deque<Path> foldersAbove = new ArrayDeque<>();
    private final PathTable paths = new PathTable(ManifestLimits.DEFAULT.entriesMax());

    private ShareScanner(Path root) {
        this.root = root;
    }

    /**
     * Finds what a share of this file or folder consists of. The share is named as the file or folder really is, also where the path is
     * {@code .} or a link.
     *
     * @throws NoSuchFileException if nothing is there
     * @throws UnshareableException naming what cannot be shared and why
     */
    public static ScannedShare scan(Path path) throws IOException {
        Path root = path.toRealPath();
        if (root.getFileName() == null) {
            throw new UnshareableException(root, "the root of a file system has no name to share it under");
        }
        checkSpelling(root);
        String name = root.getFileName().toString();
        refuse(root, PathRules.problemWithName(name));
        ShareScanner scanner = new ShareScanner(root);
        BasicFileAttributes attributes = attributes(root);
        boolean folder = attributes.isDirectory();
        if (folder) {
            scanner.visitFolder(root, List.of());
        } else {
            scanner.addFile(root, List.of(name), attributes);
        }
        return new ScannedShare(root, name, folder, scanner.files, scanner.stamps, scanner.emptyFolders);
    }

    private void visitFolder(Path folder, List<String> path) throws IOException {
        Path real = folder.toRealPath();
        if (foldersAbove.contains(real)) {
            throw new UnshareableException(folder, "a symbolic link to a folder that it is in");
        }
        foldersAbove.push(real);
        List<Path> children = children(folder);
        if (children.isEmpty() && !path.isEmpty()) {
            SharePath empty = new SharePath(path);
            add(empty, PathTable.Kind.EMPTY_FOLDER);
            emptyFolders.add(empty);
        }
        for (Path child : children) {
            visit(child, path);
        }
        foldersAbove.pop();
    }

    private void visit(Path child, List<String> folderPath) throws IOException {
        checkSpelling(child);
        List<String> path = new ArrayList<>(folderPath);
        path.add(child.getFileName().toString());
        refuse(child, PathRules.problemWithPath(path));
        if (Files.isSymbolicLink(child)) {
            checkLink(child);
        }
        BasicFileAttributes attributes = attributes(child);
        if (attributes.isDirectory()) {
            visitFolder(child, path);
        } else {
            addFile(child, path, attributes);
        }
    }

    private void addFile(Path file, List<String> path, BasicFileAttributes attributes) throws UnshareableException {
        if (!attributes.isRegularFile()) {
            throw new UnshareableException(file, "neither a file nor a folder (a pipe, socket or device)");
        }
        if (!Files.isReadable(file)) {
            throw new UnshareableException(file, "cannot be read: permission denied");
        }
        boolean executable = attributes instanceof PosixFileAttributes posix
                && posix.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
        SharePath sharePath = new SharePath(path);
        add(sharePath, PathTable.Kind.FILE);
        files.add(new FileEntry(sharePath, attributes.size(), executable));
        stamps.add(FileStamp.of(attributes));
    }

    private void add(SharePath path, PathTable.Kind kind) throws UnshareableException {
        refuse(root, paths.add(path, kind));
    }

    private void checkLink(Path link) throws IOException {
        try {
            Path real = link.toRealPath();
            if (!real.startsWith(root)) {
                throw new UnshareableException(
                        link, "a symbolic link that leads outside the shared folder, to " + real);
            }
        } catch (NoSuchFileException dangling) {
            throw new UnshareableException(link, "a symbolic link that leads to nothing", dangling);
        } catch (AccessDeniedException denied) {
            throw new UnshareableException(link, "a symbolic link that cannot be followed: permission denied", denied);
        } catch (FileSystemException loop) {
            throw new UnshareableException(link, "a symbolic link that leads to itself", loop);
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> listing = Files.newDirectoryStream(folder)) {
            listing.forEach(children::add);
        } catch (AccessDeniedException denied) {
            throw new UnshareableException(folder, "cannot be listed: permission denied", denied);
        }
        children.sort(BY_NAME_BYTES);
        return children;
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.readAttributes(path, PosixFileAttributes.class)
                : Files.readAttributes(path, BasicFileAttributes.class);
    }

    /** Java keeps a name's bytes, but shows them decoded: a name that does not survive the round trip cannot be told to others. */
    private static void checkSpelling(Path path) throws UnshareableException {
        boolean survives;
        try {
            survives = path.getFileSystem().getPath(path.toString()).equals(path);
        } catch (InvalidPathException notEncodable) {
            survives = false;
        }
        if (!survives) {
            throw new UnshareableException(path, "its name is not valid UTF-8, or the locale is not a UTF-8 one");
        }
    }

    private static void refuse(Path path, @Nullable String problem) throws UnshareableException {
        if (problem != null) {
            throw new UnshareableException(path, problem);
        }
    }
}
