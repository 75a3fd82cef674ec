package io.cairn.transfer.swarm.port;

import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.TestManifests;

/** Answers a request for a manifest with that of another share. */
final class FalseManifest extends Said.Ear {
    private final PeerConnection connection;
    private final Manifest right;

    FalseManifest(PeerConnection connection, Manifest right) {
        this.connection = connection;
        this.right = right;
    }

    @Override
    protected void said(Said what) {
        if (what instanceof Said.ManifestRequested) {
            byte[] other =
                    TestManifests.of("other", new byte[10], Bench.CHUNK_BYTES).toBytes();
            connection.deliverManifest(new ManifestPiece(right.hash(), 0, other.length, other));
        }
    }
}
