package io.cairn.transfer.swarm;

import io.cairn.transfer.content.Manifest;
import java.io.IOException;

/** Reads a manifest from the bytes that peers sent and whose hash was checked. Called on a worker. */
@FunctionalInterface
public interface ManifestReader {
    /**
     * @throws IOException if the bytes are no acceptable manifest; the message says why
     */
    Manifest read(byte[] encoded) throws IOException;
}
