package io.cairn.app.manifest;

import io.cairn.transfer.content.manifest.InvalidManifestException;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.ManifestCodec;
import io.cairn.transfer.swarm.fetch.ManifestReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Decodes manifests from peers with the codec of the content package. */
public final class PeerManifests implements ManifestReader {
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
