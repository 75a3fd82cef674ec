package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.node.LocalNode;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TheDoctorExaminesANodeTest {
    @TempDir
    Path folder;

    @Test
    void everyCheckIsToldOnceAndNothingIsLeftInTheDataDirectory() throws Exception {
        NodeConfig config = NodeConfig.builder(folder)
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("test")
                .lan(false)
                .build();
        try (Node node = LocalNode.start(config)) {
            List<String> before = files();
            List<Check> told = new CopyOnWriteArrayList<>();
            Operation<Check, List<Check>> visit = node.doctor();
            visit.events(told::add);
            List<Check> all = visit.completion().get(30, TimeUnit.SECONDS);
            assertThat(all)
                    .extracting(Check::name)
                    .containsExactly(
                            "port",
                            "local discovery",
                            "clock",
                            "network",
                            "udp",
                            "tcp",
                            "nat",
                            "addresses",
                            "open files",
                            "memory",
                            "hashing",
                            "data directory",
                            "disk");
            assertThat(told).containsExactlyInAnyOrderElementsOf(all);
            assertThat(all)
                    .filteredOn(
                            check -> check.name().equals("udp") || check.name().equals("tcp"))
                    .allMatch(check -> check.detail().equals("no peer to ask"));
            assertThat(files()).isEqualTo(before);
        }
    }

    private List<String> files() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
