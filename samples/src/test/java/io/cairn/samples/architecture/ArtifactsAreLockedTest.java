package io.cairn.samples.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build downloads only the artifacts in the lock, and the script that enforces this refuses all others. */
class ArtifactsAreLockedTest {
    private static final Path CI = ProjectFolder.root().resolve(".ci");
    private static final String JAR = "org/example/stone/1/stone-1.jar";
    private static final String POM = "org/example/stone/1/stone-1.pom";

    @TempDir
    private Path folder;

    @Test
    void everyLibraryOfTheTestsIsInTheLockWithItsSum() throws IOException {
        Map<String, String> lock = new HashMap<>();
        Files.readAllLines(CI.resolve("artifacts.sha256"))
                .forEach(line -> lock.put(line.substring(line.lastIndexOf('/') + 1), line));
        List<String> unlocked = new ArrayList<>();
        int libraries = 0;
        for (String entry :
                Objects.requireNonNull(System.getProperty("java.class.path")).split(":", -1)) {
            Path file = Path.of(entry);
            String name = String.valueOf(file.getFileName());
            boolean isOfThisBuild = name.startsWith("cairn-") || name.equals("cairn.jar");
            if (!name.endsWith(".jar") || isOfThisBuild) {
                continue;
            }
            libraries++;
            String line = lock.getOrDefault(name, "");
            if (!line.startsWith(DigestUtils.sha256Hex(Files.readAllBytes(file)) + "  ")) {
                unlocked.add(entry);
            }
        }
        assertThat(libraries).isGreaterThan(30);
        assertThat(unlocked).isEmpty();
    }

    @Test
    void whatWasDownloadedMustFitItsOwnSum() throws IOException {
        assertThat(Files.readAllLines(ProjectFolder.root().resolve(".mvn/maven.config")))
                .contains("-C");
    }

    @Test
    void aSealedRepositoryHoldsWhatIsLockedAndNothingElse() throws Exception {
        put("own", JAR, "a library");
        put("own", POM, "its pom");
        assertThat(script("lock", "own").code()).isZero();
        put("own", "org/example/other/1/other-1.jar", "another project's");
        assertThat(script("seal", "sealed").code()).isZero();
        assertThat(folder.resolve("sealed").resolve(JAR)).hasContent("a library");
        assertThat(folder.resolve("sealed").resolve(POM)).hasContent("its pom");
        assertThat(folder.resolve("sealed/org/example/other")).doesNotExist();
        put("sealed", "org/example/stone/1/_remote.repositories", "Maven's note");
        assertThat(script("check", "sealed").code()).isZero();
    }

    @Test
    void aChangedFileIsRefusedByItsName() throws Exception {
        put("own", JAR, "a library");
        script("lock", "own");
        put("own", JAR, "A library");
        Run sealed = script("seal", "sealed");
        assertThat(sealed.code()).isEqualTo(1);
        assertThat(sealed.output()).contains(JAR);
        assertThat(folder.resolve("sealed").resolve(JAR)).doesNotExist();
    }

    @Test
    void aDownloadThatIsNotLockedOrDiffersIsRefusedByItsName() throws Exception {
        put("own", JAR, "a library");
        script("lock", "own");
        script("seal", "sealed");
        put("sealed", JAR, "A library");
        put("sealed", POM, "new");
        Run check = script("check", "sealed");
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.output()).contains(JAR, POM);
    }

    private void put(String repository, String name, String content) throws IOException {
        Path file = folder.resolve(repository).resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
    }

    private record Run(int code, String output) {}

    /** Runs the project's script with a lock file of the test beside it. */
    private Run script(String verb, String repository) throws IOException, InterruptedException {
        Path copy = folder.resolve("ci/artifacts");
        Files.createDirectories(folder.resolve("ci"));
        Files.copy(
                CI.resolve("artifacts"), copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        ProcessBuilder builder = new ProcessBuilder(
                        copy.toString(), verb, folder.resolve(repository).toString())
                .redirectErrorStream(true);
        builder.environment()
                .put("CAIRN_MAVEN_REPOSITORY", folder.resolve("own").toString());
        Process process = builder.start();
        try (InputStream output = process.getInputStream()) {
            return new Run(process.waitFor(), new String(output.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
