package io.cairn.app.share;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.work.NodeClosed;
import io.cairn.dht.PublishReport;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.content.link.MagnetLink;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.state.StoredShare;
import io.cairn.transfer.swarm.Swarm;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** The shares of this node as its API reports them. Confined to the loop. */
public final class ShareReports {
    private final Swarm swarm;
    private final Audiences audiences;
    private final Supplier<List<Endpoint>> addresses;
    private final ReadTroubles troubles;
    private final Map<Key, ShareEntry> entries;

    /** @param entries the shares by hash; a live view */
    ShareReports(
            Swarm swarm,
            Audiences audiences,
            Supplier<List<Endpoint>> addresses,
            ReadTroubles troubles,
            Map<Key, ShareEntry> entries) {
        this.swarm = swarm;
        this.audiences = audiences;
        this.addresses = addresses;
        this.troubles = troubles;
        this.entries = entries;
    }

    /** The result of sharing. Fails if the share was removed or changed in the meantime, or the node was closed. */
    Node.ShareReport report(ShareHashing.Hashed hashed, PublishReport publication, boolean isClosed) {
        if (isClosed) {
            throw new CompletionException(NodeClosed.exception());
        }
        ShareEntry entry = entries.get(hashed.share().hash());
        if (entry == null) {
            throw new CompletionException(new CairnException(
                    CairnException.Kind.OTHER, "stopped sharing", "it was unshared in the meantime", "share it again"));
        }
        if (!entry.isOffered()) {
            Path path = entry.share().path();
            String why = "changed while it was being published";
            throw new CompletionException(
                    ShareHashing.unshareable(path, "it " + why, new ContentChangedException(path, why)));
        }
        return new Node.ShareReport(
                describe(entry), link(entry.share().manifest()), publication, hashed.millis(), hashed.notes());
    }

    /** A share as it stands. */
    Node.Share describe(ShareEntry entry) {
        StoredShare share = entry.share();
        Manifest manifest = share.manifest();
        return new Node.Share(
                share.hash(),
                manifest.name(),
                share.path(),
                manifest.totalBytes(),
                manifest.chunkCount(),
                entry.content() != null,
                share.uploadedBytes() + swarm.uploadedBytes(share.hash()),
                troubles.why(share.hash(), swarm.uploadedBytes(share.hash())),
                audiences.of(share.hash()));
    }

    /** The link of a share, with its secret if it is for some; empty if it is withdrawn, as nobody is to have that secret. */
    public String link(Manifest manifest) {
        Key hash = manifest.hash();
        if (audiences.of(hash).withdrawn()) {
            return "";
        }
        return new MagnetLink(hash, manifest.name(), manifest.totalBytes(), addresses.get(), audiences.secret(hash))
                .toString();
    }

    /** The uploaded bytes of this run by share, without shares that were never requested. */
    public Map<Key, Long> uploads() {
        Map<Key, Long> uploads = new LinkedHashMap<>();
        for (Key hash : entries.keySet()) {
            long bytes = swarm.uploadedBytes(hash);
            if (bytes > 0) {
                uploads.put(hash, bytes);
            }
        }
        return uploads;
    }
}
