package io.cairn.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.app.CairnException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sample does what it says, over loopback. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ShareAndFetchTest {
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final ShareAndFetch sample = new ShareAndFetch(new PrintStream(told, true, StandardCharsets.UTF_8));

    @Test
    void theFetchedFileIsTheSharedOne(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("hello.txt"), "Hello, cairn.\n".repeat(30_000));
        Path fetched = sample.run(file, folder.resolve("nodes"));
        assertThat(fetched).hasSameBinaryContentAs(file).hasFileName("hello.txt");
        assertThat(told.toString(StandardCharsets.UTF_8))
                .contains("shared   hello.txt as ", "manifest hello.txt in 2 chunks", "fetched  " + fetched);
    }

    @Test
    void whatCannotBeSharedIsSaidSo(@TempDir Path folder) {
        assertThatThrownBy(() -> sample.run(folder.resolve("nothing"), folder.resolve("nodes")))
                .isInstanceOf(CairnException.class);
    }

    @Test
    void withoutItsTwoWordsTheProgramSaysHowItIsUsed() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = Objects.requireNonNull(System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Arrays.asList(java, "-cp", classPath, ShareAndFetch.class.getName(), "one"))
                .redirectErrorStream(true)
                .start();
        try (InputStream output = process.getInputStream()) {
            String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isEqualTo(2);
            assertThat(said.strip()).isEqualTo("usage: ShareAndFetch FILE FOLDER");
        }
    }
}
