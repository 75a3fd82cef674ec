package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.store.state.StateDatabase;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedStateIsToldTest {
    @TempDir
    Path folder;

    @Test
    void withAStepThatHelps() throws Exception {
        Path data = folder.resolve("data");
        NodeId before;
        try (Node node = start(data)) {
            before = node.info().node();
        }
        Path database = data.resolve(StateDatabase.FILE_NAME);
        byte[] garbage = new byte[20_000];
        new Random(1).nextBytes(garbage);
        Files.write(database, garbage);

        CairnException failure =
                catchThrowableOfType(CairnException.class, () -> start(data).close());
        assertThat(failure.kind()).isEqualTo(CairnException.Kind.OTHER);
        assertThat(failure).hasMessageContaining(data.toString());
        assertThat(failure.why()).isEqualTo(database + " is damaged or not a state database of Cairn");
        assertThat(failure.next())
                .startsWith("move it to another folder, with cairn.db-wal and cairn.db-shm")
                .contains("start again");
        assertThat(database).hasBinaryContent(garbage);

        Files.move(database, folder.resolve(StateDatabase.FILE_NAME));
        try (Node node = start(data)) {
            assertThat(node.info().node()).isEqualTo(before);
            assertThat(node.shares()).isEmpty();
        }
    }

    private static Node start(Path data) throws CairnException {
        return LocalNode.start(NodeConfig.builder(data)
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("test")
                .lan(false)
                .build());
    }
}
