package io.cairn.samples.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules for every handwritten source file, including tests. */
class SourceStyleTest {
    private static final int LINES_MAX = 500;
    private static final Pattern EMPTY_NAME = Pattern.compile(".*(Manager|Utils?|Helper|Impl)\\.java");

    private static List<Path> sources = List.of();

    @BeforeAll
    static void findSources() throws IOException {
        try (Stream<Path> files = Files.walk(ProjectFolder.root())) {
            sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/"))
                    .toList();
        }
        assertThat(sources).hasSizeGreaterThan(50);
    }

    @Test
    void aFileFitsInTheHead() {
        assertThat(sources)
                .as("files of more than " + LINES_MAX + " lines, which hold more than one idea")
                .noneMatch(file -> text(file).lines().count() > LINES_MAX);
    }

    @Test
    void aClassIsNamedAfterWhatItIs() {
        assertThat(sources)
                .as("names that would fit any class")
                .noneMatch(file ->
                        EMPTY_NAME.matcher(file.getFileName().toString()).matches());
    }

    @Test
    void noTwoClassesShareAName() {
        Map<String, Long> uses = sources.stream()
                .filter(file -> file.toString().contains("/src/main/java/"))
                .map(file -> file.getFileName().toString())
                .filter(name -> !name.equals("package-info.java"))
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        assertThat(uses)
                .isNotEmpty()
                .allSatisfy((name, count) -> assertThat(count).as(name).isOne());
    }

    @Test
    void nothingIsLeftForLater() {
        Pattern mark = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
        assertThat(sources)
                .as("marks of unfinished work")
                .noneMatch(file -> mark.matcher(text(file)).find());
    }

    @Test
    void noStateIsAString() {
        Pattern state = Pattern.compile("\\bString (state|phase|stage|status)\\s*[,;)=]");
        assertThat(production())
                .as("states of a lifecycle are enums: text has no steps that the compiler can check")
                .noneMatch(file -> !file.toString().contains("/json/")
                        && state.matcher(text(file)).find());
    }

    @Test
    void noSetterHandsTheCallerToTheCallee() {
        Pattern setter = Pattern.compile(
                "void (on|set|when)[A-Z]\\w*\\(\\s*(Runnable|Consumer|BiConsumer|Function|Supplier|Predicate|BiPredicate)\\b");
        assertThat(production())
                .as("what happens below is the value of a future, an event or a subscription")
                .noneMatch(file -> setter.matcher(text(file)).find());
    }

    @Test
    void everyProductionPackageSaysWhatItIs() {
        assertThat(production())
                .as("packages without a package-info.java that makes them @NullMarked")
                .allMatch(file -> {
                    Path info = file.resolveSibling("package-info.java");
                    return Files.exists(info) && text(info).contains("@NullMarked");
                });
    }

    private static List<Path> production() {
        return sources.stream()
                .filter(file -> file.toString().contains("/src/main/java/"))
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
