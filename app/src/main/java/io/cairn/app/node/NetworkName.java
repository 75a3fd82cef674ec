package io.cairn.app.node;

import io.cairn.app.CairnException;
import io.cairn.app.Reason;
import io.cairn.app.work.Reasons;
import io.cairn.dht.wire.NetworkId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * Derives a network's id from its name and key. With a key file the id depends on its content, so nodes without it are in another network
 * and their messages are dropped. The id travels in the clear, so anyone who can listen to the network can learn it. A key keeps
 * networks apart and prevents strangers from joining by accident; it does not protect against an eavesdropper.
 */
final class NetworkName {
    private NetworkName() {}

    static NetworkId id(String name, @Nullable Path keyFile) throws CairnException {
        if (keyFile == null) {
            return NetworkId.ofName(name);
        }
        try {
            byte[] key = DigestUtils.sha256(Files.readAllBytes(keyFile));
            byte[] label = (name + "\0").getBytes(StandardCharsets.UTF_8);
            byte[] both = new byte[label.length + key.length];
            System.arraycopy(label, 0, both, 0, label.length);
            System.arraycopy(key, 0, both, label.length, key.length);
            return NetworkId.of(java.util.Arrays.copyOf(DigestUtils.sha256(both), NetworkId.LENGTH_BYTES));
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
