package io.cairn.samples.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four hosts in network namespaces on one switch, created by {@code samples/lan/lan}. They find each other by multicast and broadcast,
 * without any configured address. Skipped if this machine cannot create such hosts.
 */
class LanNamespacesTest {
    @BeforeAll
    static void skipWhereThereAreNoNamespaces() throws IOException {
        LanLab.skipWhereThereAreNone();
    }

    @Test
    void fourHostsFindEachOtherAndTheFirstMayLeave(@TempDir Path folder) throws IOException {
        try (LanLab lab = new LanLab(folder, "lan")) {
            LanLab.Outcome demo = lab.lan("demo", "--size", "24");
            assertThat(demo.code()).as(demo.output()).isZero();
            assertThat(demo.output()).contains("SHA-256 on hosts 2, 3 and 4 equals that of host 1");
        }
    }

    @Test
    void theHelpNamesEveryVerb(@TempDir Path folder) throws IOException {
        try (LanLab lab = new LanLab(folder, "help")) {
            LanLab.Outcome help = lab.lan("--help");
            assertThat(help.code()).isZero();
            assertThat(help.output()).contains("up", "exec", "shell", "cut", "join", "status", "down", "demo");
        }
    }
}
