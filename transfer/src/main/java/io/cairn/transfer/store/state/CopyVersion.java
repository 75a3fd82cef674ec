package io.cairn.transfer.store.state;

import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.content.manifest.Manifest;
import java.util.Map;

/**
 * A version of a share of which a copy on this machine has files.
 *
 * @param stamps the stamps with which this node left the version's files there, by file number in stream order
 */
public record CopyVersion(Manifest manifest, Map<Integer, FileStamp> stamps) {
    public CopyVersion {
        stamps = Map.copyOf(stamps);
    }
}
