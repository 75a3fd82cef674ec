package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.app.node.LocalNode;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A default port in use by another program, for either protocol, is skipped; a port that the user named is reported instead. */
class ATakenPortIsPassedOverTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @TempDir
    Path temp;

    @Test
    void aPortThatIsTakenForTcpIsPassedOver() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, HERE);
                Node node = LocalNode.start(config(other.getLocalPort(), false))) {
            assertThat(node.info().port()).isGreaterThan(other.getLocalPort());
        }
    }

    @Test
    void aPortThatIsTakenForUdpIsPassedOver() throws Exception {
        try (DatagramSocket other = new DatagramSocket(0, HERE);
                Node node = LocalNode.start(config(other.getLocalPort(), false))) {
            assertThat(node.info().port()).isGreaterThan(other.getLocalPort());
        }
    }

    @Test
    void aNamedPortThatIsTakenForTcpIsTold() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, HERE)) {
            assertThatThrownBy(() -> LocalNode.start(config(other.getLocalPort(), true)))
                    .isInstanceOf(CairnException.class)
                    .hasMessageContaining("cannot listen on port " + other.getLocalPort())
                    .hasRootCauseInstanceOf(IOException.class)
                    .hasStackTraceContaining("TCP port " + other.getLocalPort() + " is taken");
        }
    }

    private NodeConfig config(int port, boolean isChosen) {
        return (isChosen
                        ? NodeConfig.builder(temp).port(port)
                        : NodeConfig.builder(temp).preferredPort(port))
                .bind(List.of(HERE))
                .network("port")
                .lan(false)
                .build();
    }
}
