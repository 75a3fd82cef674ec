package io.cairn.samples.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cairn.samples.architecture.ProjectFolder;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator and its chart libraries slow no other start: their jars are on the class path only for the verb sim. */
class OnlySimLoadsTheSimulatorTest {
    private static final Path PROGRAM = ProjectFolder.root().resolve("shell/target/cairn");
    private static final Pattern OF_THE_SIMULATOR = Pattern.compile(".*(cairn-sim-|/sim/target/|xchart-|batik-).*");

    @TempDir
    private Path folder;

    @Test
    void theProgramNamesNoneOfItsJars() throws IOException {
        assumeTrue(Files.exists(PROGRAM.resolve("cairn.jar")), "the program is not packaged");
        try (JarFile jar = new JarFile(PROGRAM.resolve("cairn.jar").toFile());
                Stream<Path> files = Files.list(PROGRAM.resolve("sim"))) {
            String classPath = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            List<String> jars = files.map(file -> file.getFileName().toString()).toList();
            assertThat(jars)
                    .anyMatch(name -> name.startsWith("cairn-sim-"))
                    .anyMatch(name -> name.startsWith("xchart-"))
                    .anyMatch(name -> name.startsWith("batik-"));
            assertThat(classPath).contains("lib/cairn-app-").doesNotContain(jars);
        }
    }

    @Test
    void withoutThemEveryOtherVerbIsThereAndSimSaysWhatIsMissing() throws Exception {
        Run help = run("--help");
        assertThat(help.code()).as(help.errors()).isZero();
        assertThat(help.output()).contains("sim ", "demo ");
        assertThat(run("sim", "run", "--help").output()).contains("--plot=FILE.svg");
        for (List<String> words : List.of(
                List.of("sim", "list"),
                List.of("sim", "run", "a-first-plot"),
                List.of("sim", "compare", "--nodes=60"))) {
            Run simulation = run(words.toArray(String[]::new));
            assertThat(simulation.code()).isEqualTo(1);
            assertThat(simulation.output()).isEmpty();
            assertThat(simulation.errors().lines()).hasSize(3);
            assertThat(simulation.errors()).contains("cannot simulate", "folder sim beside cairn.jar", "cairn sim");
        }
    }

    private record Run(int code, String output, String errors) {}

    private Run run(String... words) throws IOException, InterruptedException {
        List<String> command = CairnProcess.javaCommand(folder);
        int at = command.indexOf("-cp") + 1;
        command.set(
                at,
                Arrays.stream(command.get(at).split(File.pathSeparator, -1))
                        .filter(entry -> !OF_THE_SIMULATOR.matcher(entry).matches())
                        .collect(Collectors.joining(File.pathSeparator)));
        command.addAll(List.of(words));
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(errors.toFile())
                .start();
        try (InputStream output = process.getInputStream()) {
            String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), said, Files.readString(errors));
        }
    }
}
