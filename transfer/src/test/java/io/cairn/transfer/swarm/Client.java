package io.cairn.transfer.swarm;

import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.protocol.PeerMessage;
import java.util.ArrayList;
import java.util.List;

/** A peer that does only what the test says. */
final class Client implements PeerConnection.Receiver {
    final List<PeerMessage> messages = new ArrayList<>();
    final List<Integer> chunks = new ArrayList<>();
    final PeerConnection connection;
    boolean closed;

    Client(Bench bench, Bench.Peer server) {
        Bench.Peer self = bench.peer();
        List<PeerConnection> made = new ArrayList<>();
        self.end.dial(server.end.endpoint(), null, new PeerConnections.DialListener() {
            @Override
            public void connected(PeerConnection newConnection) {
                newConnection.receive(Client.this);
                made.add(newConnection);
            }

            @Override
            public void failed(DialFailure failure) {
                throw new AssertionError(failure);
            }
        });
        bench.time.run(10);
        connection = made.get(0);
    }

    void want(Manifest manifest, List<Integer> wanted) {
        connection.want(manifest, wanted);
    }

    void send(PeerMessage message) {
        connection.send(message);
    }

    @Override
    public void message(PeerMessage message) {
        messages.add(message);
    }

    @Override
    public void chunk(ReceivedChunk chunk) {
        chunks.add(chunk.chunk());
        chunk.release();
    }

    @Override
    public void closed(String reason) {
        closed = true;
    }
}
