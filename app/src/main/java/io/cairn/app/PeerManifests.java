package io.cairn.app;

import io.cairn.transfer.content.InvalidManifestException;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.content.ManifestCodec;
import io.cairn.transfer.swarm.ManifestReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads manifests from peers with the codec of the files' module. */
final class PeerManifests implements ManifestReader {
    @Override
    public Manifest read(byte[] encoded) throws IOException {
        try {
            return ManifestCodec.parse(encoded);
        } catch (InvalidManifestException invalid) {
            throw new IOException(invalid.getMessage(), invalid);
        }
    }

    @Override
    public @Nullable String problem(byte[] beginning) {
        return ManifestCodec.problem(beginning);
    }
}
