package io.cairn.samples.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.NodeConfig;
import io.cairn.dht.kad.KademliaLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Everything that the documents name exists under that name. */
class DocumentsAgreeWithTheCodeTest {
    private static final Path ROOT = ProjectFolder.root();
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path document : documents()) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                if (!Files.exists(document.resolveSibling(link.group(1)))) {
                    dead.add(ROOT.relativize(document) + ": " + link.group(1));
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void continuousIntegrationRunsTheCommandsOfTheReadme() throws IOException {
        assertThat(Files.readString(ROOT.resolve(".ci/run"))).contains("\nmvn -B -ntp verify\n", "\n./cairn demo\n");
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("\nmvn -B -ntp verify ", "\n./cairn demo ");
        assertThat(ROOT.resolve(".ci/run")).isExecutable();
        assertThat(ROOT.resolve("cairn")).isExecutable();
        assertThat(ROOT.resolve("samples/lan/lan")).isExecutable();
    }

    @Test
    void theReadmeNamesTheDefaultPortAndFitsInFiveMinutes() throws IOException {
        Path readme = ROOT.resolve("README.md");
        assertThat(Files.readString(readme)).contains(NodeConfig.DEFAULT_PORT + " by default");
        assertThat(Files.readAllLines(readme)).hasSizeLessThan(200);
    }

    @Test
    void theDocumentsNameTheHoldersOfARecord() throws IOException {
        int k = KademliaLimits.defaults().k();
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("on the " + k + " nodes closest");
        assertThat(Files.readString(ROOT.resolve("docs/PROTOCOL.md"))).contains("on the k = " + k + " nodes closest");
    }

    @Test
    void everyDecisionIsInTheListOfDecisions() throws IOException {
        Path folder = ROOT.resolve("docs/adr");
        String list = Files.readString(folder.resolve("README.md"));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("README.md")))
                    .isNotEmpty()
                    .allMatch(list::contains);
        }
    }

    @Test
    void everyTermOfTheGlossaryHasItsClass() throws IOException {
        Set<String> classes = new HashSet<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            files.map(file -> ROOT.relativize(file).toString())
                    .filter(file -> file.contains("src/main/java/") && file.endsWith(".java"))
                    .forEach(file -> classes.add(file.substring(file.lastIndexOf('/') + 1, file.length() - 5)));
        }
        List<String> terms = Files.readAllLines(ROOT.resolve("docs/GLOSSARY.md")).stream()
                .filter(line -> line.startsWith("| ") && line.endsWith("` |"))
                .toList();

        assertThat(terms)
                .hasSizeGreaterThan(30)
                .isSortedAccordingTo(Comparator.comparing(term -> term.substring(2, term.indexOf(" |", 2))));
        assertThat(terms)
                .allSatisfy(term -> assertThat(classes)
                        .contains(term.substring(term.lastIndexOf('|', term.length() - 2) + 3, term.length() - 3)));
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CHANGELOG.md")), docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }
}
