package io.cairn.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cairn.control.http.ProcessStatus;
import io.cairn.dht.id.NodeId;
import io.cairn.shell.Cli;
import io.cairn.shell.ManifestsForTests;
import io.cairn.shell.session.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chapter of docs/CLI.md about JSON of single commands has the fields that these commands write. */
class TheDocumentNamesTheFieldsOfSingleCommandsTest {
    private static final Pattern CHAPTER = Pattern.compile("\n## JSON of single commands\n(.*)", Pattern.DOTALL);
    private static final Pattern SECTION = Pattern.compile("### `(\\w+)`[^\n]*\n(.*?)(?=\n### |\\z)", Pattern.DOTALL);
    private static final Pattern EXAMPLE = Pattern.compile("^\\{.*}$", Pattern.MULTILINE);
    private static final Pattern FIELD = Pattern.compile("^\\| `([\\w.\\[\\]]+)` \\| ", Pattern.MULTILINE);

    private final ObjectMapper mapper = new ObjectMapper();
    private final Map<String, List<JsonNode>> written = new HashMap<>();

    @TempDir
    Path home;

    private Path film;

    @BeforeEach
    void prepare() throws IOException {
        film = Files.writeString(home.resolve("film.mkv"), "film");
    }

    @Test
    void fieldsAndExamplesAreThoseThatAreWritten() throws IOException {
        write();
        Map<String, String> sections = sections();
        assertThat(sections.keySet()).containsExactlyInAnyOrderElementsOf(written.keySet());
        for (Map.Entry<String, List<JsonNode>> type : written.entrySet()) {
            String section = sections.getOrDefault(type.getKey(), "");
            TreeSet<String> paths = new TreeSet<>();
            type.getValue().forEach(object -> paths(object, "", paths));
            paths.remove("type");
            assertThat(all(FIELD, section))
                    .as("the fields of %s", type.getKey())
                    .containsExactlyInAnyOrderElementsOf(paths);
            List<String> examples = all(EXAMPLE, section);
            assertThat(examples).as("examples of %s", type.getKey()).isNotEmpty();
            for (String example : examples) {
                assertThat(type.getValue().stream().map(TheDocumentNamesTheFieldsOfSingleCommandsTest::shape))
                        .contains(shape(mapper.readTree(example)));
            }
        }
    }

    private void write() throws IOException {
        run("status");
        run("stop");
        keep(mapper.readTree(
                new ProcessStatus(NodeId.fromHex("00112233445566778899aabbccddeeff00112233"), 1, 2, "1", "daemon", 3)
                        .json()
                        .line()));
        System.setProperty("cairn.launcher", "/usr/lib/cairn/bin/cairn");
        System.setProperty("cairn.classes", "/usr/lib/cairn/lib/cairn.aot");
        try {
            run("paths");
        } finally {
            System.clearProperty("cairn.launcher");
            System.clearProperty("cairn.classes");
        }
        run("config", "list");
        run("network", "create", "lab");
        run("help", "share");
        run("share", "--torrent", home.resolve("film.torrent").toString(), film.toString());
        run("verify", film.toString(), ManifestsForTests.hashOf(film).toHex());
        run("service", "status");
        Cli shell = cli();
        shell.stdin = "version\n";
        shell.run("--json");
        keep(shell.json("version"));
    }

    private void run(String... words) throws IOException {
        Cli cli = cli();
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--json");
        cli.run(all.toArray(String[]::new));
        String type = switch (words[0]) {
            case "stop" -> "stopped";
            case "config" -> "setting";
            case "help" -> "command";
            case "share" -> "exported";
            case "verify" -> "complete";
            default -> words[0];
        };
        keep(cli.json(type));
    }

    /** With a systemctl that knows an active unit, and a share of another node. */
    private Cli cli() throws IOException {
        Cli cli = new Cli(home);
        cli.environment.put("PATH", home.resolve("bin").toString());
        Path systemctl = Files.createDirectories(home.resolve("bin")).resolve("systemctl");
        Files.writeString(systemctl, "#!/bin/sh\nprintf 'ActiveState=active\\nUnitFileState=enabled\\n'\n");
        Files.setPosixFilePermissions(systemctl, PosixFilePermissions.fromString("rwx------"));
        cli.stranger(film);
        cli.setup = node -> node.whenShared = () -> cli.stops.request(Stop.TERMINATE);
        return cli;
    }

    private void keep(JsonNode object) {
        written.computeIfAbsent(object.get("type").asText(), type -> new ArrayList<>())
                .add(object);
    }

    private static Map<String, String> sections() throws IOException {
        MatchResult chapter = CHAPTER.matcher(Files.readString(Path.of("..", "docs", "CLI.md")))
                .results()
                .findFirst()
                .orElseThrow();
        Map<String, String> sections = new HashMap<>();
        SECTION.matcher(chapter.group(1))
                .results()
                .forEach(section -> sections.put(section.group(1), section.group(2)));
        return sections;
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.groupCount() > 0 ? found.group(1) : found.group())
                .toList();
    }

    private static List<String> shape(JsonNode object) {
        List<String> shape = new ArrayList<>();
        object.fieldNames().forEachRemaining(shape::add);
        return shape;
    }

    private static void paths(JsonNode object, String prefix, Set<String> paths) {
        object.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isObject()) {
                paths(value, prefix + field.getKey() + ".", paths);
            } else if (value.isArray() && value.size() > 0 && value.get(0).isObject()) {
                value.forEach(element -> paths(element, prefix + field.getKey() + "[].", paths));
            } else {
                paths.add(prefix + field.getKey());
            }
        });
    }
}
