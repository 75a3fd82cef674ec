package io.cairn.transfer.swarm.fetch;

import io.cairn.transfer.content.GrowingContent;
import io.cairn.transfer.content.manifest.Manifest;
import java.io.IOException;

/** Creates the content into which a fetch writes its chunks, or opens the one an earlier run left. Called on a worker; may block. */
@FunctionalInterface
public interface ContentOpener {
    /** @throws IOException if that fails; the fetch ends with this as its reason */
    GrowingContent open(Manifest manifest) throws IOException;
}
