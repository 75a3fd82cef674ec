package io.cairn.samples.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cairn.samples.architecture.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Native libraries lie beside the program: a library unpacked at a start would stay in the temporary folder of a killed process. */
class NothingIsUnpackedAtAStartTest {
    private static final Path PROGRAM = ProjectFolder.root().resolve("shell/target/cairn");

    @Test
    void theBuildPutsEveryNativeLibraryBesideTheProgram() throws IOException {
        assumeTrue(Files.exists(PROGRAM.resolve("cairn.jar")), "the program is not packaged");
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "what is unpacked here is not known");
        try (Stream<Path> files = Files.list(PROGRAM.resolve("native"))) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            assertThat(names)
                    .contains("libjlinenative.so", "libsqlitejdbc.so")
                    .anyMatch(name -> name.startsWith("libnetty_tcnative"))
                    .anyMatch(name -> name.startsWith("libnetty_transport_native_epoll"))
                    .anyMatch(name -> name.startsWith("libamazonCorretto"));
        }
    }

    @Test
    void theLauncherNamesThemToEveryLibraryThatWouldUnpackItsOwn() throws IOException {
        assertThat(Files.readString(ProjectFolder.root().resolve("shell/src/main/launcher/start")))
                .contains(
                        "\"-Djava.library.path=$home/native\"",
                        "\"-Dorg.sqlite.lib.path=$home/native\"",
                        "\"-Dlibrary.jline.path=$home/native\"");
    }
}
