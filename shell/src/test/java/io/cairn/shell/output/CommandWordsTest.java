package io.cairn.shell.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Advice;
import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CommandWordsTest {
    @Test
    void wordsTheNextStepWithItsFacts() {
        CairnException failure = failure(Reason.CORRECT_THE_SETTING
                .says("correct the setting")
                .and("option", "port")
                .and("value", "many")
                .and("variable", "CAIRN_PORT"));
        assertThat(CommandWords.next(failure))
                .isEqualTo("correct --port, CAIRN_PORT or the configuration file; see cairn --help");
        assertThat(CommandWords.what(failure)).isEqualTo("cannot do it");
    }

    @Test
    void namesTheOptionWhosePatternsFitNothing() {
        CairnException failure =
                failure(Reason.CHOOSE_OTHER_FILES.says("another").and("patterns", "*.txt"));
        assertThat(CommandWords.what(failure)).isEqualTo("nothing in this share fits --only *.txt");
    }

    @Test
    void everyReasonHasItsOwnWordsOrThoseOfTheFailure() {
        List<String> own = new ArrayList<>();
        for (Reason reason : Reason.values()) {
            String next = CommandWords.next(failure(reason.says("as the failure says")));
            if (!next.equals("as the failure says")) {
                own.add(next);
            }
        }
        Pattern word = Pattern.compile("--?[a-z]|share|fetches|services|contacts|put prints|cairn [a-z]");
        assertThat(own)
                .hasSizeGreaterThan(20)
                .doesNotHaveDuplicates()
                .allMatch(next -> word.matcher(next).find());
    }

    private static CairnException failure(Advice advice) {
        return new CairnException(Kind.OTHER, "cannot do it", "a cause", advice);
    }

    @Test
    void namesTheVerbsOfTheShellInTheShell() {
        for (Reason reason : List.of(Reason.NAME_A_BOOTSTRAP, Reason.BOOTSTRAP_ANSWERS_NOT)) {
            assertThat(CommandWords.next(failure(reason.says("text")), true))
                    .contains("connect HOST:PORT")
                    .doesNotContain("--bootstrap");
            assertThat(CommandWords.next(failure(reason.says("text")), false)).contains("--bootstrap");
        }
        CairnException hash = failure(Reason.CHECK_THE_HASH.says("text"));
        assertThat(CommandWords.next(hash, true)).isEqualTo(CommandWords.next(hash));
    }
}
