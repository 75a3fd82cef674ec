package io.cairn.samples.architecture;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the checked-out project from any working directory. */
public final class ProjectFolder {
    private ProjectFolder() {}

    /** The folder with the parent {@code pom.xml}. */
    public static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("dht/pom.xml")) && Files.exists(folder.resolve("pom.xml"))) {
                return folder;
            }
        }
        throw new IllegalStateException(
                "not started inside the project: " + Path.of("").toAbsolutePath());
    }
}
