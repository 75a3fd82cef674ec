package io.cairn.transfer.swarm.fetch;

import io.cairn.transfer.content.manifest.Manifest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads manifests from peers. Called on a worker. */
@FunctionalInterface
public interface ManifestReader {
    /**
     * Reads a manifest whose hash was checked.
     *
     * @throws IOException if the bytes are not an acceptable manifest; the message says why
     */
    Manifest read(byte[] encoded) throws IOException;

    /** Why no acceptable manifest starts with these bytes; null if one may. */
    default @Nullable String problem(byte[] beginning) {
        return null;
    }
}
