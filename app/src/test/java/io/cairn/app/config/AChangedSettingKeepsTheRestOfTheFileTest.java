package io.cairn.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.app.CairnException;
import io.cairn.app.config.ConfigSources.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AChangedSettingKeepsTheRestOfTheFileTest {
    private static final String FILE = """
            # our office
            port = 4800   # open in the firewall

            "network" = 'office' # the old name
            bootstrap = [
              "192.0.2.1:4747", # Ann's ] machine
              '192.0.2.2:4747',
            ]
            limit-up = \"""
            5MiB/s\"""
            """;

    @TempDir
    Path home;

    @Test
    void onlyTheValueChanges() throws Exception {
        Path file = write(FILE);
        set("port", "5000");
        assertThat(file).hasContent(FILE.replace("4800", "5000"));
        set("network", "a \"new\" one\\");
        assertThat(file).hasContent(FILE.replace("4800", "5000").replace("'office'", "\"a \\\"new\\\" one\\\\\""));
        set("bootstrap", "192.0.2.3:4747");
        assertThat(Files.readString(file))
                .contains("bootstrap = \"192.0.2.3:4747\"\nlimit-up")
                .doesNotContain("Ann");
        set("bootstrap", "192.0.2.3:4747", "192.0.2.4:4747");
        assertThat(Files.readString(file)).contains("bootstrap = [\"192.0.2.3:4747\", \"192.0.2.4:4747\"]\n");
        set("limit-up", "off");
        assertThat(Files.readString(file)).endsWith("limit-up = \"off\"\n").startsWith("# our office\nport = 5000   #");
        assertThat(sources().setting("limit-up").value()).isEqualTo("off");
    }

    @Test
    void aMissingKeyIsAddedAtTheEnd() throws Exception {
        Path file = write("port = 4800 # no line feed");
        set("no-lan", "yes");
        assertThat(file).hasContent("port = 4800 # no line feed\nno-lan = true\n");
    }

    @Test
    void aMissingFileIsCreatedWithItsFolder() throws Exception {
        Setting set = set("fetches-at-once", "2");
        assertThat(home.resolve(".config/cairn/config.toml")).hasContent("fetches-at-once = 2\n");
        assertThat(set).isEqualTo(new Setting("fetches-at-once", "2", "configuration file"));
        assertThat(home.resolve(".config/cairn")).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void permissionsAndALinkToTheFileStay() throws Exception {
        Path real = Files.writeString(home.resolve("dotfiles.toml"), "port = 4800\n");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r--r--"));
        Path link = Files.createDirectories(home.resolve(".config/cairn")).resolve("config.toml");
        Files.createSymbolicLink(link, real);
        set("port", "5000");
        assertThat(real).hasContent("port = 5000\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-r--r--");
        assertThat(Files.readAttributes(link, "isSymbolicLink", LinkOption.NOFOLLOW_LINKS))
                .containsEntry("isSymbolicLink", true);
    }

    @Test
    void whatTheReaderRefusesIsNotWritten() throws Exception {
        Path file = write(FILE);
        for (List<String> wrong : List.of(
                List.of("port", "many"),
                List.of("port", "65536"),
                List.of("port", "1", "2"),
                List.of("bootstrap", "nowhere"),
                List.of("limit-up", "fast"),
                List.of("no-lan", "perhaps"),
                List.of("color", "red"),
                List.of("prot", "5000"))) {
            assertThatThrownBy(() ->
                            set(wrong.get(0), wrong.subList(1, wrong.size()).toArray(String[]::new)))
                    .as(wrong.toString())
                    .isInstanceOfSatisfying(
                            CairnException.class,
                            refused -> assertThat(refused.kind()).isEqualTo(CairnException.Kind.USAGE));
        }
        assertThat(file).hasContent(FILE);
    }

    @Test
    void anyOrderOfChangesLeavesTheLastValues() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Path file = write(FILE);
        Map<String, String> expected = new TreeMap<>();
        for (int change = 0; change < 200; change++) {
            List<String> keys = new ArrayList<>(List.of("network", "limit-up", "port", "verbose"));
            String key = keys.get(random.nextInt(keys.size()));
            String value = switch (key) {
                case "network" ->
                    random.ints(1 + random.nextInt(20), 0x20, 0x7f)
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                            .append('x')
                            .toString();
                case "limit-up" -> (1 + random.nextInt(9)) + "MiB/s";
                case "port" -> String.valueOf(random.nextInt(65_536));
                default -> String.valueOf(random.nextBoolean());
            };
            set(key, value);
            expected.put(key, value);
            for (Map.Entry<String, String> entry : expected.entrySet()) {
                assertThat(sources().setting(entry.getKey()).value())
                        .as("seed %d: %s in %s", seed, entry.getKey(), Files.readString(file))
                        .isEqualTo(entry.getValue());
            }
        }
        assertThat(Files.readString(file)).startsWith("# our office\n").contains("# Ann's ] machine", "# the old name");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(
                Files.createDirectories(home.resolve(".config/cairn")).resolve("config.toml"), text);
    }

    private Setting set(String option, String... values) throws CairnException {
        return ConfigChange.set(sources(), option, List.of(values));
    }

    private ConfigSources sources() throws CairnException {
        return ConfigSources.read(ConfigFlags.NONE, Map.of(), home);
    }
}
