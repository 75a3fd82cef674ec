package io.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lost output is an error, with its cause; a closed pipe is not. */
class StdoutFailsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"config", "--help"})
    void aFullDiskIsToldOnce(String word) throws IOException {
        Cli cli = new Cli(folder);
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            cli.stdout = full;
            assertThat(cli.run(word)).isEqualTo(7);
        }
        assertThat(cli.errLines()).hasSize(3);
        assertThat(cli.err()).contains("cannot write to stdout", "No space left");
    }

    @ParameterizedTest
    @CsvSource({"Bad file descriptor, 1, it is closed", "Input/output error, 1, Input/output error"})
    void anythingElseIsTold(String refusal, int code, String why) {
        Cli cli = new Cli(folder);
        cli.stdout = refusing(refusal);
        assertThat(cli.run("config")).isEqualTo(code);
        assertThat(cli.errLines()).hasSize(3).element(1).asString().endsWith(why);
    }

    @Test
    void aReaderThatHasGoneIsNotTold() {
        Cli cli = new Cli(folder);
        cli.stdout = refusing("Broken pipe");
        assertThat(cli.run("config")).isEqualTo(141);
        assertThat(cli.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Broken pipe, 141, 0", "Bad file descriptor, 1, 3", "No space left on device, 7, 3"})
    void aFetchThatEndsForItIsNotToldOfASecondTime(String refusal, int code, int lines) throws IOException {
        Path film = Files.write(folder.resolve("film.mkv"), new byte[600_000]);
        Cli cli = new Cli(folder);
        cli.stranger(film);
        cli.stdout = refusing(refusal);
        cli.setup = node -> node.fetchHangs = true;
        assertThat(cli.run("fetch", ManifestsForTests.hashOf(film).toHex(), "--json"))
                .isEqualTo(code);
        assertThat(cli.node().stopped).isTrue();
        assertThat(cli.errLines()).hasSize(lines);
    }

    @Test
    void aShareWhoseHashIsNotPrintedDoesNotSayThatItServes() throws IOException {
        Path film = Files.write(folder.resolve("film.mkv"), new byte[1]);
        Cli cli = new Cli(folder);
        cli.stdout = refusing("Bad file descriptor");
        assertThat(cli.run("share", film.toString())).isEqualTo(1);
        assertThat(cli.err()).contains("why:   it is closed").doesNotContain("serving");
        assertThat(cli.node().closed).isTrue();
    }

    private static OutputStream refusing(String why) {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException(why);
            }
        };
    }
}
