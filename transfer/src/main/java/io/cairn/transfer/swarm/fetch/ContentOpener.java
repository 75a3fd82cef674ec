package io.cairn.transfer.swarm.fetch;

import io.cairn.transfer.content.GrowingContent;
import io.cairn.transfer.content.manifest.Manifest;
import java.io.IOException;

/** Makes the place where a fetch puts its chunks, or finds the one an earlier run left. Called on a worker; may block. */
@FunctionalInterface
public interface ContentOpener {
    /**
     * @throws IOException if it cannot be made; the fetch ends with this as its reason
     */
    GrowingContent open(Manifest manifest) throws IOException;
}
