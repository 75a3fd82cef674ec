package io.cairn.samples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.CairnException.Kind;
import io.cairn.samples.architecture.ProjectFolder;
import io.cairn.shell.CommandModel;
import io.cairn.shell.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/CLI.md has every verb and option in the words of the program, and every exit code. */
class TheCommandLineIsDocumentedTest {
    private static final Path PAGE = ProjectFolder.root().resolve("docs/CLI.md");
    private static final String BEGIN = "<!-- from the model of the command line -->\n";
    private static final String END = "<!-- end of what is from the model -->\n";
    private static final String WRITE =
            "mvn test -pl samples -am -Dtest=TheCommandLineIsDocumentedTest -Dcairn.cli=write -Dsurefire.failIfNoSpecifiedTests=false";

    @Test
    void verbsAndOptionsAreThoseOfTheModel() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        String verbs = VerbsPage.of(Verb.program(CommandModel.commandLine()));
        if ("write".equals(System.getProperty("cairn.cli"))) {
            Files.writeString(PAGE, page.substring(0, begin) + verbs + page.substring(end));
            return;
        }
        assertThat(page.substring(begin, end))
                .as("docs/CLI.md; %s writes it", WRITE)
                .isEqualTo(verbs);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void anExitCodeHasItsRow(Kind kind) throws IOException {
        assertThat(Files.readString(PAGE))
                .contains("\n| " + kind.exitCode() + " | `" + kind.name().toLowerCase(Locale.ROOT) + "` | ");
    }
}
