package io.cairn.transfer.content.hashing;

import io.cairn.transfer.content.manifest.FileEntry;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.PortableNames;
import io.cairn.transfer.content.manifest.SharePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Maps the files of a share to their places below a folder, usually their paths. In a name that the file system cannot hold,
 * {@code %}-codes replace the refused characters: {@code a%3Ab} for {@code a:b}. The disk shows which form is in use, so
 * writing, reading, verifying, repairing and serving all find the same files, even after a move. Not thread-safe.
 */
public final class NamesOnDisk {
    private final Manifest manifest;
    private final Path root;
    private final Holds holds;
    private final Map<List<String>, String> chosen = new LinkedHashMap<>();
    private @Nullable Set<List<String>> paths;

    /** @param holds asked about a name that some systems cannot hold, if neither it nor its substitute exists */
    public NamesOnDisk(Manifest manifest, Path root, Holds holds) {
        this.manifest = manifest;
        this.root = root;
        this.holds = holds;
    }

    /** The mapping for reading existing files: a missing file keeps its own name. */
    public static NamesOnDisk present(Manifest manifest, Path root) {
        return new NamesOnDisk(manifest, root, name -> true);
    }

    /** Whether a file system can hold a name. */
    @FunctionalInterface
    public interface Holds {
        boolean holds(String name) throws IOException;
    }

    /** The places of the files in stream order; for a single file, the root itself. */
    public List<Path> files() throws IOException {
        if (!manifest.isFolder()) {
            return List.of(root);
        }
        List<Path> places = new ArrayList<>(manifest.files().size());
        for (FileEntry file : manifest.files()) {
            places.add(place(file.path()));
        }
        return places;
    }

    /** The places of empty folders. */
    public List<Path> folders(List<SharePath> folders) throws IOException {
        List<Path> places = new ArrayList<>();
        for (SharePath folder : folders) {
            places.add(place(folder));
        }
        return places;
    }

    /**
     * The place of a path of the share.
     *
     * @throws FileSystemException if its name has another meaning on this system, or neither it nor its substitute can be used
     */
    public Path place(SharePath path) throws IOException {
        Path place = root;
        List<String> components = path.components();
        for (int i = 0; i < components.size(); i++) {
            String name = components.get(i);
            if (!PortableNames.isPortable(name)) {
                List<String> above = components.subList(0, i);
                name = substitute(place, above, name);
            }
            place = child(place, name);
        }
        return place;
    }

    /** The entries with a substitute name, including the share itself: from path in the share to name on disk. */
    public Map<String, String> substituted() throws IOException {
        for (SharePath folder : manifest.emptyFolders()) {
            place(folder);
        }
        files();
        Map<String, String> substituted = new LinkedHashMap<>();
        Path name = root.getFileName();
        if (name != null
                && !name.toString().equals(manifest.name())
                && name.toString().equals(encoded(manifest.name()))) {
            substituted.put(manifest.name(), name.toString());
        }
        chosen.forEach((path, onDisk) -> {
            if (!path.get(path.size() - 1).equals(onDisk)) {
                substituted.put(String.join("/", path), onDisk);
            }
        });
        return substituted;
    }

    /** The place of one name in a folder, substituted if this file system cannot hold it. */
    public static Path place(Path folder, String name, Holds holds) throws IOException {
        return child(folder, PortableNames.isPortable(name) ? name : choose(folder, name, holds, true));
    }

    /** The possible places of a name in a folder: the name itself if it is valid there, and its substitute if it has one. */
    public static List<Path> candidates(Path folder, String name) {
        List<Path> candidates = new ArrayList<>();
        if (isPossible(folder, name)) {
            candidates.add(folder.resolve(name));
        }
        if (!PortableNames.isPortable(name)) {
            candidates.add(folder.resolve(encoded(name)));
        }
        return candidates;
    }

    /** The parts of a name that some system may refuse. A file system holds either all names with the same oddity or none. */
    public static String oddity(String name) {
        StringBuilder odd = new StringBuilder();
        name.chars()
                .filter(c -> PortableNames.isRefusedSomewhere((char) c))
                .sorted()
                .distinct()
                .forEach(c -> odd.append((char) c));
        char last = name.charAt(name.length() - 1);
        odd.append('/').append(last == '.' || last == ' ' ? last : '-');
        return PortableNames.isDevice(name) ? odd.append('/').append(name).toString() : odd.toString();
    }

    /** The substitute for a name that the file system cannot hold. */
    public static String encoded(String name) {
        StringBuilder encoded = new StringBuilder();
        int last = name.length() - 1;
        boolean device = PortableNames.isDevice(name);
        for (int i = 0; i <= last; i++) {
            char c = name.charAt(i);
            boolean atTheEnd = i == last && (c == '.' || c == ' ');
            if (c == '%' || atTheEnd || device && i == 0 || PortableNames.isRefusedSomewhere(c)) {
                for (byte one : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append(String.format("%%%02X", one & 0xff));
                }
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString();
    }

    private String substitute(Path folder, List<String> above, String name) throws IOException {
        List<String> path = with(above, name);
        String known = chosen.get(path);
        if (known == null) {
            known = choose(folder, name, holds, !paths().contains(with(above, encoded(name))));
            chosen.put(path, known);
        }
        return known;
    }

    /** @param free whether no other entry of the share has the substitute's name */
    private static String choose(Path folder, String name, Holds holds, boolean free) throws IOException {
        boolean possible = isPossible(folder, name);
        if (possible && Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            return name;
        }
        String encoded = encoded(name);
        if (free && Files.exists(folder.resolve(encoded), LinkOption.NOFOLLOW_LINKS)) {
            return encoded;
        }
        if (possible && holds.holds(name)) {
            return name;
        }
        if (!free) {
            throw failure(folder, name, "and '" + encoded + "' is another file of the share");
        }
        return encoded;
    }

    /** All paths of the share, including folders. Built only for shares with names that some systems cannot hold. */
    private Set<List<String>> paths() {
        Set<List<String>> known = paths;
        if (known == null) {
            known = new HashSet<>();
            for (FileEntry file : manifest.files()) {
                addWithFolders(known, file.path());
            }
            for (SharePath folder : manifest.emptyFolders()) {
                addWithFolders(known, folder);
            }
            paths = known;
        }
        return known;
    }

    private static void addWithFolders(Set<List<String>> known, SharePath path) {
        List<String> components = path.components();
        for (int length = components.size(); length > 0 && known.add(components.subList(0, length)); ) {
            length--;
        }
    }

    private static List<String> with(List<String> above, String name) {
        List<String> path = new ArrayList<>(above.size() + 1);
        path.addAll(above);
        path.add(name);
        return path;
    }

    private static boolean isPossible(Path folder, String name) {
        try {
            return isChild(folder, folder.resolve(name), name);
        } catch (InvalidPathException notOnThisSystem) {
            return false;
        }
    }

    private static Path child(Path folder, String name) throws FileSystemException {
        try {
            Path child = folder.resolve(name);
            if (isChild(folder, child, name)) {
                return child;
            }
        } catch (InvalidPathException notOnThisSystem) {
            throw failure(folder, name, notOnThisSystem.getReason());
        }
        throw failure(folder, name, "it means something else here");
    }

    private static boolean isChild(Path folder, Path child, String name) {
        return child.getNameCount() == folder.getNameCount() + 1
                && child.startsWith(folder)
                && child.getFileName().toString().equals(name);
    }

    private static FileSystemException failure(Path folder, String name, String reason) {
        return new FileSystemException(folder.toString(), null, "cannot hold a file named '" + name + "': " + reason);
    }
}
