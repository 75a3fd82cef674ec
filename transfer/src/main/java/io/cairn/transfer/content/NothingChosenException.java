package io.cairn.transfer.content;

import io.cairn.transfer.content.manifest.SharePath;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** No file of a share matches the patterns of a fetch. */
public final class NothingChosenException extends IOException {
    private static final long serialVersionUID = 1;

    private final String patterns;

    NothingChosenException(List<PathGlob> globs, List<SharePath> some, int fileCount) {
        super("none of its " + fileCount + (fileCount == 1 ? " file" : " files") + " fits; "
                + (some.size() < fileCount ? "some are " : "it has ")
                + some.stream().map(path -> ShellWord.ofPath(path.toString())).collect(Collectors.joining(", "))
                + globs.stream()
                        .filter(glob -> !glob.problem().isEmpty())
                        .findFirst()
                        .map(glob ->
                                "; as a pattern, " + ShellWord.of(glob.toString()) + " is invalid: " + glob.problem())
                        .orElse(""));
        this.patterns =
                globs.stream().map(glob -> ShellWord.of(glob.toString())).collect(Collectors.joining(" "));
    }

    /** The patterns, quoted for a shell. */
    public String patterns() {
        return patterns;
    }
}
