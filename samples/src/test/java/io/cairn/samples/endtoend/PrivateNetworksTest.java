package io.cairn.samples.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.samples.endtoend.LanLab.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program on four hosts of one switch: two members of a private network, one with another key, one without any. */
class PrivateNetworksTest {
    private static final String PATIENCE_SECONDS = "20";

    @TempDir
    Path folder;

    @BeforeAll
    static void skipWhereThereAreNoNamespaces() throws IOException {
        LanLab.skipWhereThereAreNone();
    }

    @Test
    void membersFindEachOtherAndOthersAreDenied() throws IOException {
        byte[] content = new byte[300_000];
        new Random(5_508).nextBytes(content);
        Path source = Files.write(folder.resolve("source.bin"), content);
        try (LanLab lab = new LanLab(folder, "secret")) {
            lab.lan("up", "4");
            String invite =
                    lineWith("cairn-network:lab:", lab.cairn(1, "network", "create", "lab", "--data-dir", data(1)));
            assertThat(lab.cairn(2, "network", "join", invite, "--data-dir", data(2))
                            .code())
                    .isZero();
            assertThat(lab.cairn(3, "network", "create", "lab", "--data-dir", data(3))
                            .code())
                    .isZero();
            StreamLines sharing = lab.begin(1, "share", source.toString(), "--network", "lab", "--data-dir", data(1));
            String line = sharing.await(text -> text.matches("[0-9a-f]{40}  .*"), CairnProcess.PATIENCE);
            assertThat(line).as(String.join("\n", sharing.soFar())).isNotNull();
            String hash = line.substring(0, 40);
            Outcome member = fetch(lab, 2, hash, "--network", "lab");
            assertThat(member.code()).as(member.output()).isZero();
            assertThat(folder.resolve("copy2")).hasBinaryContent(content);
            StreamLines outside = lab.begin(3, "daemon", "--network", "lab", "--data-dir", data(3));
            assertThat(outside.await(text -> text.contains("listening on"), CairnProcess.PATIENCE))
                    .isNotNull();
            for (Outcome other : new Outcome[] {fetch(lab, 3, hash, "--network", "lab"), fetch(lab, 4, hash)}) {
                assertThat(other.code()).as(other.output()).isEqualTo(9);
                assertThat(lineWith("why:", other)).contains("denied: ", " uses another network or key");
            }
            for (String command : List.of(
                    "browse",
                    "fetch source",
                    "find " + hash,
                    "discover printer",
                    "get motd@" + hash,
                    "receive 7-orbit-lamp --yes")) {
                Outcome vain = lab.cairn(3, (command + " --data-dir " + data(3)).split(" "));
                assertThat(vain.code()).as(vain.output()).isEqualTo(9);
                assertThat(lineWith("why:", vain)).contains("denied: ");
            }
        }
    }

    private Outcome fetch(LanLab lab, int host, String hash, String... options) throws IOException {
        String[] words = new String[8 + options.length];
        String[] fixed = {
            "fetch",
            hash,
            "-o",
            folder.resolve("copy" + host).toString(),
            "--data-dir",
            data(host),
            "--lookup-timeout",
            PATIENCE_SECONDS
        };
        System.arraycopy(fixed, 0, words, 0, fixed.length);
        System.arraycopy(options, 0, words, fixed.length, options.length);
        return lab.cairn(host, words);
    }

    private String data(int host) {
        return folder.resolve("data" + host).toString();
    }

    private static String lineWith(String begin, Outcome outcome) {
        return outcome.output()
                .lines()
                .filter(line -> line.startsWith(begin))
                .findFirst()
                .orElseThrow(() -> new AssertionError(outcome.output()));
    }
}
