package io.cairn.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cairn.shell.CommandModel;
import io.cairn.shell.Verb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.AutoComplete;
import picocli.CommandLine.Model.OptionSpec;

/** The documents are complete, and the shells that are installed read them. */
class DocumentsNameEveryVerbAndOptionTest {
    private final Verb program = Verb.program(CommandModel.commandLine());

    @TempDir
    Path folder;

    @Test
    void theManual() {
        String page = ManPage.of(program, "2026-11-20", "cairn 1");
        for (Verb verb : program.all()) {
            assertThat(page)
                    .contains("cairn"
                            + String.join(
                                    "",
                                    verb.words().stream()
                                            .map(word -> " " + word)
                                            .toList()));
            for (OptionSpec option : verb.options()) {
                assertThat(page).contains(option.longestName().replace("-", "\\-"));
            }
        }
        assertThat(page)
                .contains(".TH \"CAIRN\" \"1\" \"2026\\-11\\-20\"", "130 Ctrl\\-C")
                .doesNotContain("train");
    }

    @Test
    void fish() throws Exception {
        Path script = write("cairn.fish", FishCompletion.of(program));
        String text = Files.readString(script);
        for (Verb verb : program.all()) {
            if (!verb.words().isEmpty()) {
                assertThat(text).contains(" -a " + verb.command().getCommandName() + " -d ");
            }
            verb.options()
                    .forEach(option -> assertThat(text)
                            .contains(" -l " + option.longestName().substring(2)));
        }
        assertThat(run(
                        "fish",
                        "-c",
                        "source cairn.fish; complete -C 'cairn config se'; complete -C 'cairn fetch --keep'"))
                .startsWith("set\t")
                .contains("--keep-sharing\t");
    }

    @Test
    void zsh() throws Exception {
        Path script = write("_cairn", ZshCompletion.of(program));
        String text = Files.readString(script);
        for (Verb verb : program.all()) {
            assertThat(text)
                    .contains("_cairn"
                            + String.join(
                                    "",
                                    verb.words().stream()
                                            .map(word -> "_" + word)
                                            .toList()) + "() {");
            verb.options().forEach(option -> assertThat(text).contains("'*" + option.longestName()));
        }
        assertThat(run("zsh", "-n", "_cairn")).isEmpty();
    }

    @Test
    void bash() throws Exception {
        write("cairn.bash", AutoComplete.bash("cairn", program.command()));
        assertThat(run("bash", "-c", """
                compopt() { :; }
                . ./cairn.bash
                COMP_WORDS=(cairn fetch --keep) COMP_CWORD=2
                _complete_cairn
                echo "${COMPREPLY[@]}"
                COMP_WORDS=(cairn config se) COMP_CWORD=2
                _complete_cairn
                echo "${COMPREPLY[@]}"
                """)).isEqualTo("--keep-sharing\nset\n");
    }

    @Test
    void manReadsTheManualWithoutAWarning() throws Exception {
        write("cairn.1", ManPage.of(program, "2026-11-20", "cairn 1"));
        assertThat(run("groff", "-man", "-Tutf8", "-ww", "cairn.1"))
                .contains("cairn share [OPTIONS] PATH...")
                .doesNotContain("warning");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private String run(String... command) throws IOException, InterruptedException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, command[0]))),
                command[0] + " is not installed");
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(List.of(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("GROFF_NO_SGR", "1");
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output, StandardCharsets.UTF_8).replaceAll(".\b", "");
    }
}
