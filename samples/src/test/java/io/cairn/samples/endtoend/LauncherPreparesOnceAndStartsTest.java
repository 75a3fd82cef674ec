package io.cairn.samples.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cairn.samples.architecture.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a separate checkout, with fakes for Maven and Java that only record their calls. */
class LauncherPreparesOnceAndStartsTest {
    private static final String LAUNCHER = "shell/src/main/launcher";
    private static final List<String> TOOLS =
            List.of("cat", "cp", "dirname", "find", "flock", "mkdir", "mv", "readlink", "rm", "sed", "tr");

    /** Records each call; writes the archive, and at a start prints its process id and its arguments. */
    private static final String JAVA = """
            #!/bin/sh
            for word; do
                case $word in -XX:SharedArchiveFile=*.new) archive=${word#*=} ;; esac
                last=$word
            done
            case " $* " in
                *" -Xshare:dump "*) echo dump >>"$NOTES"; echo classes >"$archive" ;;
                *) if [ "$last" = train ]; then echo train >>"$NOTES"; echo "-Dsuits=this"; exit 0; fi
                   echo "start $$" >>"$NOTES"; printf '%s\\n' "$@"; exit 7 ;;
            esac
            """;

    private static final String MAVEN = """
            #!/bin/sh
            echo build >>"$NOTES"
            cp shell/src/main/launcher/start shell/src/main/launcher/train shell/src/main/launcher/*.options shell/target/cairn
            """;

    @TempDir
    Path folder;

    private Path checkout;
    private Path tools;
    private Path notes;

    @BeforeEach
    void checkOut() throws IOException {
        tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : TOOLS) {
            Path installed = Path.of("/usr/bin", tool);
            assumeTrue(Files.isExecutable(installed), tool + " is not installed");
            program(tools.resolve(tool), "#!/bin/sh\nexec " + installed + " \"$@\"\n");
        }
        program(tools.resolve("mvn"), MAVEN);
        notes = Files.createFile(folder.resolve("notes"));
        checkout = folder.resolve("a checkout");
        Files.createDirectories(checkout.resolve(LAUNCHER));
        Files.createDirectory(checkout.resolve(".git"));
        Path project = ProjectFolder.root();
        Files.copy(project.resolve("cairn"), checkout.resolve("cairn"));
        try (Stream<Path> files = Files.list(project.resolve(LAUNCHER))) {
            for (Path file : files.toList()) {
                Files.copy(file, checkout.resolve(LAUNCHER).resolve(file.getFileName()));
            }
        }
    }

    @Test
    void throughALinkAndInTheProcessThatWasStarted() throws Exception {
        Path jdk = jdk("17.0.1");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a checkout/cairn"));
        Run first = run(link, jdk, "share", "a b");
        assertThat(first.exitCode).isEqualTo(7);
        assertThat(first.errors).isEqualTo("building cairn (first use)...\n");
        assertThat(notes).hasContent("build\ntrain\ndump\nstart " + first.pid + "\n");
        Path home = checkout.resolve("shell/target/cairn");
        assertThat(first.output.lines())
                .contains("@" + home + "/java.options", "@" + home + "/node.options", "@" + home + "/before-21.options")
                .contains("-XX:SharedArchiveFile=" + trained(home, jdk) + ".jsa", "@" + trained(home, jdk) + ".options")
                .endsWith("-jar", home + "/cairn.jar", "share", "a b");
    }

    @Test
    void againOnlyWhatHasChanged() throws Exception {
        Path launcher = checkout.resolve("cairn");
        Path jdk = jdk("17.0.1");
        run(launcher, jdk);
        forget();
        assertThat(run(launcher, jdk).errors).isEmpty();
        assertThat(Files.readString(notes)).startsWith("start ");

        forget();
        run(launcher, jdk("25"));
        assertThat(Files.readString(notes)).startsWith("train\ndump\nstart ");

        forget();
        Files.setLastModifiedTime(
                checkout.resolve(LAUNCHER).resolve("node.options"),
                FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(run(launcher, jdk).errors).isEqualTo("building cairn (the sources changed)...\n");
        assertThat(Files.readString(notes)).startsWith("build\ntrain\ndump\nstart ");
    }

    @Test
    void onlyOneOfTwoThatStartAtOnce() throws Exception {
        Path jdk = jdk("17.0.1");
        Process first = start(checkout.resolve("cairn"), jdk, "1");
        Process second = start(checkout.resolve("cairn"), jdk, "2");
        assertThat(finish(first, "1").exitCode).isEqualTo(7);
        assertThat(finish(second, "2").exitCode).isEqualTo(7);
        assertThat(Files.readAllLines(notes)).hasSize(5).containsOnlyOnce("build", "train", "dump");
    }

    @Test
    void withoutAnArchiveIfNoneCanBeMade() throws Exception {
        Path jdk = jdk("17.0.1");
        program(jdk.resolve("bin/java"), JAVA.replace("echo classes >\"$archive\"", "exit 1"));
        run(checkout.resolve("cairn"), jdk);
        forget();
        Run second = run(checkout.resolve("cairn"), jdk);
        assertThat(second.output).doesNotContain("SharedArchiveFile").contains("/node.options");
        assertThat(Files.readString(notes)).startsWith("start ");
    }

    @Test
    void aSimulationWithItsOwnHeapAndJars() throws Exception {
        Path home = checkout.resolve("shell/target/cairn");
        Run simulation = run(checkout.resolve("cairn"), jdk("25"), "--json", "sim", "list");
        assertThat(simulation.output.lines())
                .contains("@" + home + "/sim.options", "-Xmx4g", "@" + home + "/from-23.options")
                .contains(home + "/cairn.jar:" + home + "/sim/*")
                .doesNotContain("@" + home + "/node.options")
                .endsWith("io.cairn.shell.Main", "--json", "sim", "list");
    }

    @Test
    void orSaysWhatIsMissing() throws Exception {
        assertThat(run(checkout.resolve("cairn"), folder.resolve("none")).errors)
                .isEqualTo("error: cannot start Java\nwhy:   JAVA_HOME is " + folder.resolve("none")
                        + ", and there is no bin/java in it\nnext:  correct JAVA_HOME or unset it\n");
        assertThat(run(checkout.resolve("cairn"), jdk("11.0.2")).errors)
                .startsWith("error: cannot start Cairn with Java 11.0.2\nwhy:   it needs Java 17 or newer");
        assertThat(run(checkout.resolve("cairn"), null).errors).contains("why:   there is no java on the PATH\n");
        Files.delete(tools.resolve("mvn"));
        Run unbuilt = run(checkout.resolve("cairn"), jdk("17.0.1"));
        assertThat(unbuilt.errors).contains("error: cannot build cairn\nwhy:   there is no mvn on the PATH\n");
        assertThat(unbuilt.exitCode).isEqualTo(1);
        assertThat(notes).isEmptyFile();
    }

    private record Run(long pid, int exitCode, String output, String errors) {}

    private Run run(Path launcher, @Nullable Path jdk, String... words) throws IOException, InterruptedException {
        return finish(start(launcher, jdk, "", words), "");
    }

    private Process start(Path launcher, @Nullable Path jdk, String name, String... words) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(Stream.concat(Stream.of("/bin/sh", launcher.toString()), Stream.of(words))
                        .toList());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("NOTES", notes.toString());
        if (jdk != null) {
            builder.environment().put("JAVA_HOME", jdk.toString());
        }
        return builder.directory(folder.toFile())
                .redirectInput(notes.toFile())
                .redirectOutput(folder.resolve("output" + name).toFile())
                .redirectError(folder.resolve("errors" + name).toFile())
                .start();
    }

    private Run finish(Process process, String name) throws IOException, InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(
                process.pid(),
                process.exitValue(),
                Files.readString(folder.resolve("output" + name)),
                Files.readString(folder.resolve("errors" + name)));
    }

    private void forget() throws IOException {
        Files.writeString(notes, "");
    }

    private Path jdk(String version) throws IOException {
        Path jdk = folder.resolve("jdk-" + version);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"N/A\"\nJAVA_VERSION=\"" + version + "\"\n");
        program(jdk.resolve("bin/java"), JAVA);
        return jdk;
    }

    private static String trained(Path home, Path jdk) {
        return home + "/classes-17.0.1" + jdk.toString().replaceAll("[^A-Za-z0-9.]", "_");
    }

    private static void program(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(UTF_8));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
