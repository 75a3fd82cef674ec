package io.cairn.samples.outsider;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Node;
import io.cairn.dht.id.Endpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole nodes of a private network, and somebody who has everything but its key. */
@Timeout(300)
class AnOutsiderGetsNoByteTest {
    private static final int DATAGRAMS = 10_000;
    private static final int CONNECTIONS = 200;

    private final Random random = new Random(5_507);

    @TempDir
    Path folder;

    @Test
    void neitherToDatagramsNorOnConnectionsNorAfterARestart() throws Exception {
        Path key = Files.write(folder.resolve("lab.key"), bytes(32));
        Path file = Files.write(folder.resolve("file"), bytes(3_000_000));
        Path data = folder.resolve("a");
        int port;
        String hash;
        Wiretap heard;
        try (Node a = Member.start(data, key, 0, List.of());
                Wiretap wire = new Wiretap(Member.endpoint(a))) {
            port = a.info().port();
            heard = wire;
            hash = a.share(file).completion().join().share().hash().toHex();
            try (Node b = Member.start(folder.resolve("b"), key, 0, List.of(wire.endpoint()))) {
                var unused = Member.fetch(b, hash, wire.endpoint(), folder.resolve("b-copy"));
            }
            assertThat(folder.resolve("b-copy")).hasSameBinaryContentAs(file);
            assertThat(wire.datagrams()).hasSizeGreaterThan(4);
            assertThat(wire.connections()).isNotEmpty();
            try (Outsider outsider = new Outsider(Member.endpoint(a), Member.NETWORK, wire, random)) {
                outsider.repeatAll();
                outsider.sendDatagrams(DATAGRAMS);
                assertThat(outsider.connect(CONNECTIONS))
                        .as("bytes on connections")
                        .isZero();
                assertServes(a, key, hash, "c", file);
                assertThat(outsider.answeredBytes()).as("bytes of datagrams").isZero();
            }
        }
        try (Node again = Member.start(data, key, port, List.of());
                Outsider outsider = new Outsider(Member.endpoint(again), Member.NETWORK, heard, random)) {
            outsider.repeatAll();
            assertThat(outsider.connect(heard.connections().size() * 5)).isZero();
            assertServes(again, key, hash, "d", file);
            assertThat(outsider.answeredBytes()).as("recorded before a restart").isZero();
        }
    }

    /** It answers a member, whose datagrams come after the outsider's. */
    private void assertServes(Node node, Path key, String hash, String name, Path file) throws Exception {
        Endpoint endpoint = Member.endpoint(node);
        Path copy = folder.resolve(name + "-copy");
        try (Node member = Member.start(folder.resolve(name), key, 0, List.of())) {
            var unused = Member.fetch(member, hash, endpoint, copy);
        }
        assertThat(copy).hasSameBinaryContentAs(file);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
