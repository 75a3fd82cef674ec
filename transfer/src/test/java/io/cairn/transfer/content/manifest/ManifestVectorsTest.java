package io.cairn.transfer.content.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.transfer.content.ShareLayout;
import io.cairn.transfer.store.part.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads the vectors of docs/protocol/manifest.md. */
class ManifestVectorsTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "protocol", "manifest.md");
    private static final Pattern VECTOR = Pattern.compile("```vector\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\x([0-9a-f]{2})");

    @TempDir
    Path folder;

    static List<String> vectors() throws IOException {
        List<String> vectors = VECTOR.matcher(Files.readString(DOCUMENT))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(vectors).hasSizeGreaterThanOrEqualTo(6);
        return vectors;
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void filesGiveTheDocumentedManifest(String vector) throws Exception {
        Path share = folder;
        String info = "";
        String hash = "";
        ShareLayout layout = ShareLayout.PACKED;
        for (String line : vector.lines().toList()) {
            List<String> quoted = Pattern.compile("\"([^\"]*)\"")
                    .matcher(line)
                    .results()
                    .map(ManifestVectorsTest::unescape)
                    .toList();
            switch (line.substring(0, line.indexOf(' '))) {
                case "single" -> share = folder.resolve(text(quoted.get(0)));
                case "folder" -> share = Files.createDirectory(folder.resolve(text(quoted.get(0))));
                case "layout" -> layout = ShareLayout.valueOf(line.substring(7).toUpperCase(Locale.ROOT));
                case "file" -> write(share, line, quoted);
                case "executable" ->
                    assertThat(write(share, line, quoted).toFile().setExecutable(true))
                            .isTrue();
                case "empty" -> Files.createDirectories(share.resolve(text(quoted.get(0))));
                case "info" -> info = quoted.get(0);
                case "hash" -> hash = line.substring(5);
                default -> throw new IllegalArgumentException(line);
            }
        }
        Manifest manifest = TestFiles.manifest(share, layout);
        assertThat(manifest.toBytes()).asString(ISO_8859_1).isEqualTo(info);
        assertThat(manifest.hash().toHex()).isEqualTo(hash);
        assertThat(ManifestCodec.parse(manifest.toBytes()).files()).isEqualTo(manifest.files());
    }

    private static Path write(Path share, String line, List<String> quoted) throws IOException {
        String content = text(quoted.get(1)).repeat(Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)));
        Path file = Files.isDirectory(share) ? share.resolve(text(quoted.get(0))) : share;
        return TestFiles.write(file, content.getBytes(UTF_8));
    }

    /** Each character stands for one byte. */
    private static String unescape(MatchResult quoted) {
        return ESCAPE.matcher(quoted.group(1))
                .replaceAll(hex -> java.util.regex.Matcher.quoteReplacement(
                        Character.toString(Integer.parseInt(hex.group(1), 16))));
    }

    private static String text(String bytes) {
        return new String(bytes.getBytes(ISO_8859_1), UTF_8);
    }
}
