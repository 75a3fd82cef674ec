package io.cairn.transfer.store.copy;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.GrowingContent;
import io.cairn.transfer.content.hashing.ChunkVerifier;
import io.cairn.transfer.content.hashing.StreamLayout;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.file.Inside;
import io.cairn.transfer.store.file.LocalPaths;
import io.cairn.transfer.store.file.OpenFiles;
import io.cairn.transfer.store.file.ShareIo;
import io.cairn.transfer.store.state.CopyTable.CopyVersion;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The chunks of a share's next version that a copy of earlier versions holds, wherever in its files. Each is verified when it is read. */
public final class CopyChunks implements Closeable {
    private final Manifest next;
    private final CopyComparison comparison;
    private final Place there;
    private final List<Place> places = new ArrayList<>();
    private final Map<Key, Found> found = new HashMap<>();

    /** @param versions the versions of which the copy may have files, newest first */
    public CopyChunks(Manifest next, Path target, List<CopyVersion> versions, CopyComparison comparison)
            throws IOException {
        this.next = next;
        this.comparison = comparison;
        this.there = place(next, target);
        for (CopyVersion version : versions) {
            Manifest manifest = version.manifest();
            Place place = place(manifest, target);
            for (int chunk = 0; chunk < manifest.chunkCount(); chunk++) {
                found.putIfAbsent(manifest.chunkKey(chunk), new Found(place, chunk));
            }
        }
    }

    /** A version of the share as it may lie at the target. */
    private record Place(Manifest manifest, OpenFiles files, ShareIo io) {}

    private record Found(Place place, int chunk) {}

    private Place place(Manifest manifest, Path target) throws IOException {
        List<Path> paths = LocalPaths.files(manifest, target);
        OpenFiles files = new OpenFiles(file -> {
            Inside.require(target, paths.get(file));
            return FileChannel.open(paths.get(file), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        });
        Place place = new Place(manifest, files, new ShareIo(manifest, StreamLayout.of(manifest), files));
        places.add(place);
        return place;
    }

    /** Writes a chunk to the content if the copy holds it. */
    public boolean copy(int chunk, ByteBuffer buffer, GrowingContent content) throws IOException {
        Found source = comparison.isIntact(chunk) ? new Found(there, chunk) : found.get(next.chunkKey(chunk));
        buffer.clear().limit(next.chunkLength(chunk));
        if (source == null || !isRead(source, buffer)) {
            return false;
        }
        buffer.flip();
        if (!ChunkVerifier.verifies(next, chunk, buffer)) {
            return false;
        }
        content.write(chunk, buffer);
        return true;
    }

    private static boolean isRead(@Nullable Found source, ByteBuffer buffer) {
        if (source == null || source.place().manifest().chunkLength(source.chunk()) != buffer.limit()) {
            return false;
        }
        try {
            for (StreamLayout.Part part : source.place().io().parts(source.chunk(), 0, buffer.limit())) {
                source.place().io().read(part, buffer);
            }
            return true;
        } catch (IOException changedSince) {
            return false; // the chunk is fetched
        }
    }

    @Override
    public void close() throws IOException {
        for (Place place : places) {
            place.files().close();
        }
    }
}
