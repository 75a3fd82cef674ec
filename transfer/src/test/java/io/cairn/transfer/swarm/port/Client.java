package io.cairn.transfer.swarm.port;

import io.cairn.transfer.content.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;

/** A peer that does only what the test says. */
final class Client extends Said.Ear {
    final List<Said> messages = new ArrayList<>();
    final List<Integer> chunks = new ArrayList<>();
    final List<ReceivedBlock> blocks = new ArrayList<>(); // whose memory the test net does not use again
    final PeerConnection connection;
    final Bench.Peer self;
    boolean closed;

    Client(Bench bench, Bench.Peer server) {
        self = bench.peer();
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
        connection.request(manifest.hash(), Said.blocks(manifest, wanted));
    }

    @Override
    protected void said(Said what) {
        messages.add(what);
    }

    @Override
    public void delivered(ReceivedBlock block) {
        chunks.add(block.chunk());
        blocks.add(block);
        super.delivered(block);
    }

    @Override
    public void closed(String reason) {
        closed = true;
    }
}
