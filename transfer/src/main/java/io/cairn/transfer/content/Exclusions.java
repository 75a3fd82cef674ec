package io.cairn.transfer.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The exclusions of a shared folder: first the command's patterns, then the {@code .cairnignore} files, innermost folder first. */
public final class Exclusions {
    private final List<PathGlob> globs = new ArrayList<>();
    private final BitSet names = new BitSet();
    private final Map<List<String>, IgnoreFile> ignoreFiles = new HashMap<>();

    /** @throws IllegalArgumentException if a pattern is empty */
    public Exclusions(Path root, List<String> patterns) {
        for (String pattern : patterns) {
            PathGlob glob = PathGlob.nameOrPattern(pattern);
            names.set(
                    globs.size(),
                    !glob.anyDepth() && Files.exists(root.resolve(glob.literal()), LinkOption.NOFOLLOW_LINKS));
            globs.add(glob);
        }
    }

    /** Reads the {@code .cairnignore} of a folder before the folder is listed. */
    public void enter(List<String> folder, Path place) throws IOException {
        Path file = place.resolve(IgnoreFile.NAME);
        if (Files.isRegularFile(file)) {
            ignoreFiles.put(folder, IgnoreFile.read(file));
        }
    }

    public void leave(List<String> folder) {
        ignoreFiles.remove(folder);
    }

    /**
     * Whether an entry is excluded.
     *
     * @param siblings names in the same folder; a pattern equal to one of them matches only that entry
     */
    public boolean exclude(List<String> path, Set<String> siblings, Path place) throws IOException {
        for (int i = 0; i < globs.size(); i++) {
            if (means(i, path, siblings)) {
                return true;
            }
        }
        if (ignoreFiles.isEmpty()) {
            return false;
        }
        if (path.get(path.size() - 1).equals(IgnoreFile.NAME) && Files.isRegularFile(place)) {
            return true;
        }
        for (int above = path.size() - 1; above >= 0; above--) {
            IgnoreFile file = ignoreFiles.get(path.subList(0, above));
            Boolean ignored = file == null
                    ? null
                    : file.ignores(path.subList(above, path.size()), () -> Files.isDirectory(place));
            if (ignored != null) {
                return ignored;
            }
        }
        return false;
    }

    /** The problem with an invalid pattern that is no entry's name either, or null. Call it after the whole folder was scanned. */
    @Nullable
    public String problem() {
        for (int i = 0; i < globs.size(); i++) {
            if (!globs.get(i).problem().isEmpty() && !names.get(i)) {
                return "the pattern " + ShellWord.of(globs.get(i).toString())
                        + " is invalid, and no file has that name: "
                        + globs.get(i).problem();
            }
        }
        return null;
    }

    private boolean means(int pattern, List<String> path, Set<String> siblings) {
        PathGlob glob = globs.get(pattern);
        if (glob.isLiteral(path)) {
            names.set(pattern);
            return true;
        }
        boolean isAName = glob.anyDepth() ? siblings.contains(glob.literal()) : names.get(pattern);
        return !isAName && glob.matchesWhole(path);
    }
}
