package io.cairn.samples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.samples.architecture.ProjectFolder;
import io.cairn.shell.CommandModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** Each command that the documents for users show is one that the program accepts. */
class CommandsInTheDocumentsAreValidTest {
    /** A line of a code block, perhaps after a prompt, or a piece of code within a sentence, which may leave out what a command is given. */
    private static final Pattern SHOWN =
            Pattern.compile("(?m)^ *(?:[\\w-]*\\$ )?(?:\\./)?cairn ([^\n]*)$|`(?:\\./)?cairn ([^`]*)`");

    private static final Pattern END_OF_COMMAND = Pattern.compile(" [|#&>]| \\[OPTIONS].*| {2,}.*");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @ParameterizedTest
    @ValueSource(
            strings = {"README.md", "docs/CLI.md", "docs/TROUBLESHOOTING.md", "docs/METRICS.md", "docs/SIMULATION.md"})
    void eachParses(String document) throws IOException {
        String text = Files.readString(ProjectFolder.root().resolve(Path.of(document)));
        CommandLine program = CommandModel.commandLine();
        List<String> wrong = new ArrayList<>();
        int shown = 0;
        Matcher command = SHOWN.matcher(text);
        while (command.find()) {
            boolean isMention = command.group(1) == null;
            String line = isMention ? command.group(2) : command.group(1);
            if (!isSynopsis(line)) {
                shown++;
                try {
                    program.parseArgs(words(line));
                } catch (MissingParameterException incomplete) {
                    if (!isMention) {
                        wrong.add("cairn " + line + ": " + incomplete.getMessage());
                    }
                } catch (ParameterException refused) {
                    wrong.add("cairn " + line + ": " + refused.getMessage());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(shown).isPositive();
    }

    private static boolean isSynopsis(String line) {
        return line.contains("[") || line.startsWith("COMMAND");
    }

    private static String[] words(String line) {
        Matcher end = END_OF_COMMAND.matcher(line);
        String command = end.find() ? line.substring(0, end.start()) : line;
        return WORD.matcher(command)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toArray(String[]::new);
    }
}
