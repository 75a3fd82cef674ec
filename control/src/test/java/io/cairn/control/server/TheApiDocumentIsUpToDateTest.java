package io.cairn.control.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/API.md} is what the description says, and curl alone does what it shows. */
class TheApiDocumentIsUpToDateTest {
    @TempDir
    Path folder;

    @Test
    void itIsMadeFromTheDescription() throws Exception {
        assertThat(ApiDocument.FILE)
                .as("main of ApiDocument, run in the folder of the module, makes it")
                .hasContent(ApiDocument.text());
    }

    @Test
    void curlAloneIsEnough() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/curl")) && Files.isExecutable(Path.of("/bin/sh")),
                "curl or sh is not installed");
        Files.writeString(folder.resolve("film.mkv"), "moving pictures\n".repeat(50_000));
        try (ServedNode served = ServedNode.start(folder.resolve("data"))) {
            ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-e", "-c", ApiDocument.example())
                    .directory(folder.toFile())
                    .redirectErrorStream(true);
            shell.environment().put("SOCKET", served.server().socket().toString());
            Process run = shell.start();
            String printed = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(run.exitValue()).as(printed).isZero();
            assertThat(printed)
                    .doesNotContain("\"type\":\"error\"")
                    .containsSubsequence(
                            "\"type\":\"status\"",
                            "\"type\":\"shared\"",
                            "\"type\":\"fetch\"",
                            "\"type\":\"complete\"",
                            "\"type\":\"paused\"",
                            "\"state\":\"paused\"",
                            "\"type\":\"cancelled\"",
                            "ng picture",
                            "\"type\":\"unshared\"");
            assertThat(folder.resolve("copy.mkv")).hasSameBinaryContentAs(folder.resolve("film.mkv"));
        }
    }
}
