package io.cairn.control.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.control.server.ControlServer.Host;
import io.cairn.control.server.wire.ServerTransport;
import io.cairn.control.socket.ControlSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a node listens, and what is left of it afterwards. */
class TheSocketIsWhereItIsFoundTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void itLiesInTheDataDirectory(ServerTransport transport) throws Exception {
        Path data = folder.resolve("data");
        try (ServedNode served = ServedNode.start(data, new Host(null, transport))) {
            assertThat(served.server().socket()).isEqualTo(data.resolve("control.sock"));
            answers(data);
        }
        assertThat(ControlSocket.find(data)).isEmpty();
        assertThat(data.resolve("identity")).exists();
    }

    @Test
    void whatACrashLeftIsRemoved() throws Exception {
        Path data = folder.resolve("data");
        ServedNode.start(data).close();
        try (ServerSocketChannel crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            crashed.bind(UnixDomainSocketAddress.of(data.resolve("control.sock")));
        }
        assertThat(data.resolve("control.sock")).exists();
        Path folderBefore = Files.createDirectory(data.resolve(".control"));
        try (ServedNode served = ServedNode.start(data)) {
            assertThat(served.server().socket()).exists();
            answers(data);
            assertThat(folderBefore).doesNotExist();
        }
    }

    @Test
    void aLongPathIsReplacedByTheRuntimeFolder() throws Exception {
        Path data = folder.resolve("d".repeat(100)).resolve("data");
        Path runtime = Files.createDirectory(folder.resolve("run"));
        Path socket;
        try (ServedNode served = ServedNode.start(data, new Host(runtime, ServerTransport.best()))) {
            socket = served.server().socket();
            assertThat(socket).startsWithRaw(runtime.resolve("cairn"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
                    .isEqualTo("rwx------");
            assertThat(ControlSocket.find(data)).contains(socket);
            answers(data);
        }
        assertThat(socket).doesNotExist();
        assertThat(ControlSocket.find(data)).isEmpty();
    }

    @Test
    void withoutARuntimeFolderItIsATemporaryOne() throws Exception {
        Path data = folder.resolve("d".repeat(100)).resolve("data");
        Path socket;
        try (ServedNode served = ServedNode.start(data, new Host(null, ServerTransport.best()))) {
            socket = served.server().socket();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
                    .isEqualTo("rwx------");
            assertThat(data.resolve(ControlSocket.POINTER)).hasContent(socket.toString());
            answers(data);
        }
        assertThat(socket.getParent()).doesNotExist();
    }

    @Test
    void theTemporaryFolderOfAProcessThatWasKilledIsRemoved() throws Exception {
        Path data = folder.resolve("d".repeat(100)).resolve("data");
        ServedNode.start(data, new Host(null, ServerTransport.best())).close();
        Path killed = Files.createTempDirectory("cairn-control-");
        Path closedOnly = Files.createDirectory(folder.resolve("cairn-control-1"));
        try (ServerSocketChannel crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            crashed.bind(UnixDomainSocketAddress.of(killed.resolve("control.sock")));
        }
        Files.writeString(data.resolve(ControlSocket.POINTER), killed.resolve("control.sock") + "\n");
        ServedNode.start(data, new Host(null, ServerTransport.best())).close();
        assertThat(killed).doesNotExist();
        Files.writeString(data.resolve(ControlSocket.POINTER), closedOnly.resolve("control.sock") + "\n");
        ServedNode.start(data, new Host(null, ServerTransport.best())).close();
        assertThat(closedOnly).as("others may enter it: no node made it").exists();
        assertThat(data.resolve(ControlSocket.POINTER)).doesNotExist();
    }

    private static void answers(Path data) throws Exception {
        try (RawClient client = RawClient.of(ControlSocket.find(data).orElseThrow())) {
            assertThat(client.get("/v1/status").answer().code()).isEqualTo(200);
            assertThat(client.get("/v1/peers").answer().text()).isEqualTo("[]\n");
        }
    }
}
