package io.cairn.app.manifest;

import io.cairn.app.CairnException;
import io.cairn.app.Reason;
import io.cairn.app.fetch.run.FetchFailures;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.TorrentFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Writes {@code .torrent} files. */
public final class TorrentExport {
    private TorrentExport() {}

    /**
     * Blocks: not for the loop.
     *
     * @param known the manifest, if this node has it
     * @param file must not exist
     */
    public static Path write(Key hash, Optional<Manifest> known, Path file) throws CairnException {
        Manifest manifest = known.orElseThrow(() -> new CairnException(
                CairnException.Kind.OTHER,
                "cannot export " + hash.toHex(),
                "this node neither shares nor fetches it",
                Reason.LIST_SHARES_AND_FETCHES
                        .says("list its shares and fetches")
                        .and("hash", hash)));
        try {
            return Files.write(
                    file, TorrentFile.encode(manifest), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException failure) {
            throw FetchFailures.storage("cannot write " + file, failure);
        }
    }
}
