package io.cairn.transfer.content.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cairn.transfer.store.part.TestFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other BitTorrent programs read our torrent files, and Cairn reads theirs. Each test is skipped if its program is not installed. */
class ForeignProgramsAcceptOurTorrentsTest {
    @TempDir
    Path temporary;

    private Path file;
    private Path folder;

    @BeforeEach
    void makeShares() throws IOException {
        file = TestFiles.write(temporary.resolve("shares/it's a \"film\" é.mkv"), TestFiles.random(1, 1_000_000));
        folder = temporary.resolve("shares/stones");
        TestFiles.write(folder.resolve("b/two words"), TestFiles.random(2, 300_000));
        TestFiles.write(folder.resolve("日本"), TestFiles.random(3, 70_000));
        TestFiles.write(folder.resolve("empty"), new byte[0]);
        assertThat(TestFiles.write(folder.resolve("run"), TestFiles.random(4, 50))
                        .toFile()
                        .setExecutable(true))
                .isTrue();
        Files.createDirectories(folder.resolve("void"));
    }

    @Test
    void aria2FindsTheFilesCompleteWithoutANetwork() throws Exception {
        assumeInstalled("aria2c");
        for (Path share : List.of(file, folder)) {
            String output = aria2(share);
            assertThat(output).contains("Verification finished successfully").contains("(OK):download completed");
        }
    }

    @Test
    void aria2FindsADamagedFileIncomplete() throws Exception {
        assumeInstalled("aria2c");
        Path torrent = torrent(file);
        byte[] damaged = Files.readAllBytes(file);
        damaged[500_000] ^= 1;
        Files.write(file, damaged);
        assertThat(run(aria2Command(torrent, file, "--bt-stop-timeout=1"))).doesNotContain("(OK):download completed");
    }

    @Test
    void transmissionShowsTheSameHash() throws Exception {
        assumeInstalled("transmission-show");
        for (Path share : List.of(file, folder)) {
            assertThat(run(List.of("transmission-show", torrent(share).toString())))
                    .contains("Hash: " + TestFiles.manifest(share).hash().toHex())
                    .contains("Name: " + share.getFileName());
        }
    }

    @Test
    void torrentsOfTransmissionAreRefusedForTheirLackOfSha256() throws Exception {
        assumeInstalled("transmission-create");
        Path torrent = temporary.resolve("theirs.torrent");
        run(List.of("transmission-create", "-o", torrent.toString(), folder.toString()));
        byte[] theirs = Files.readAllBytes(torrent);
        assertThatThrownBy(() -> TorrentFile.parse(theirs))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageContaining("sha256");
    }

    private String aria2(Path share) throws Exception {
        return run(aria2Command(torrent(share), share));
    }

    private static List<String> aria2Command(Path torrent, Path share, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "aria2c",
                "--no-conf",
                "--check-integrity=true",
                "--seed-time=0",
                "--enable-dht=false",
                "--enable-dht6=false",
                "--enable-peer-exchange=false",
                "--bt-enable-lpd=false",
                "--interface=127.0.0.1",
                "--file-allocation=none",
                "--dir=" + share.getParent(),
                torrent.toString()));
        command.addAll(Arrays.asList(more));
        return command;
    }

    private Path torrent(Path share) throws Exception {
        return Files.write(temporary.resolve("ours.torrent"), TorrentFile.encode(TestFiles.manifest(share)));
    }

    private String run(List<String> command) throws Exception {
        Path output = Files.createTempFile(temporary, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS))
                    .as("%s ends", command)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new String(Files.readAllBytes(output), UTF_8);
    }

    private static void assumeInstalled(String program) {
        String path = String.valueOf(System.getenv("PATH"));
        boolean found = Arrays.stream(path.split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        if (!found) {
            System.out.println("skipped: " + program + " is not installed");
        }
        assumeTrue(found, program + " is not installed");
    }
}
