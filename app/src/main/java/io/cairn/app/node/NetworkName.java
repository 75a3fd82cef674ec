package io.cairn.app.node;

import io.cairn.app.CairnException;
import io.cairn.app.Reason;
import io.cairn.app.network.NetworkAccess;
import io.cairn.app.work.NetworkKeyFiles;
import io.cairn.app.work.Reasons;
import io.cairn.dht.crypto.NetworkKey;
import io.cairn.dht.crypto.NetworkKeys;
import io.cairn.dht.wire.NetworkId;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Turns a network's name, and its key file if it is private, into what the protocol needs. */
final class NetworkName {
    private NetworkName() {}

    /** @param keyFile null for an open network */
    static NetworkAccess access(String name, @Nullable Path keyFile) throws CairnException {
        if (keyFile == null) {
            return new NetworkAccess(NetworkId.ofName(name), null);
        }
        try {
            NetworkKeys keys = new NetworkKeys(NetworkKeyFiles.secrets(keyFile).stream()
                    .map(secret -> NetworkKey.of(secret, name))
                    .toList());
            return new NetworkAccess(NetworkId.ofPrivate(name), keys);
        } catch (IOException failure) {
            throw new CairnException(
                    CairnException.Kind.USAGE,
                    "cannot read the network key " + keyFile,
                    Reasons.of(failure),
                    Reason.CHECK_THE_NETWORK_KEY
                            .says("check the network key file")
                            .and("path", keyFile),
                    failure);
        }
    }
}
