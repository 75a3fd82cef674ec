package io.cairn.samples.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A program that embeds a node has no flags and no verbs: no text of {@code app} names one. Comments may. */
class TheApiNamesNoCommandLineTest {
    private static final Pattern TOKEN =
            Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])+'|//.*|/\\*[\\s\\S]*?\\*/");
    private static final Pattern COMMAND_LINE = Pattern.compile("--"
            + "|[\" (]-[A-Za-z]\\b"
            + "|\\bcairn (share|fetch|daemon|verify|demo|sim|config|train)\\b"
            + "|\\b(with:|the command) (share|fetch|pause|resume|cancel|peers|stats)");

    @Test
    void noTextOfTheApiNamesAFlagOrAVerb() throws IOException {
        List<String> found = new ArrayList<>();
        int texts = 0;
        for (Path source : sources()) {
            for (String text : texts(Files.readString(source))) {
                texts++;
                if (COMMAND_LINE.matcher(text).find()) {
                    found.add(source.getFileName() + ": " + text);
                }
            }
        }
        assertThat(texts).isGreaterThan(500);
        assertThat(found).isEmpty();
    }

    @Test
    void theScanSeesTextsAndPassesComments() {
        String source =
                "/** Use -o or \"--port\". */ a(\"choose with -o\", \"\\\" --port\"); // say \"--rename\"\nb('\"', \"-wal\");";
        assertThat(texts(source)).containsExactly("\"choose with -o\"", "\"\\\" --port\"", "\"-wal\"");
        assertThat(List.of("\"choose with -o\"", "\"-v\"", "\"--\"", "\"run cairn share\"", "\"see it with: fetches\""))
                .allMatch(text -> COMMAND_LINE.matcher(text).find());
        assertThat(List.of("\"-wal and\"", "\"another cairn is running\"", "\"first-come\""))
                .noneMatch(text -> COMMAND_LINE.matcher(text).find());
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ProjectFolder.root().resolve("app/src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static List<String> texts(String source) {
        Matcher token = TOKEN.matcher(source);
        List<String> texts = new ArrayList<>();
        while (token.find()) {
            if (token.group().startsWith("\"")) {
                texts.add(token.group());
            }
        }
        return texts;
    }
}
