package io.cairn.app.values;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node;
import io.cairn.app.Values;
import io.cairn.app.work.TargetResolver;
import io.cairn.dht.id.Key;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** Values that point to a share: their content is the 40 hexadecimal digits of its hash. */
public final class Pointers {
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{40}");
    private static final int SHOWN_BYTES_MAX = 40;

    private Pointers() {}

    /** The value that points to a share. */
    public static Values.Put to(String name, Key hash) {
        return new Values.Put(name, ByteBuffer.wrap(hash.toHex().getBytes(StandardCharsets.US_ASCII)), null);
    }

    /**
     * What a text names: as {@link Node#resolve}, and {@code NAME@PUBLISHER} for the share that a value points to, which asks the network.
     * Fails with kind NO_PROVIDER if there is no such value, and with kind USAGE if it is no hash.
     */
    public static CompletableFuture<FetchTarget> resolve(Node node, String text) throws CairnException {
        Optional<Values.Name> name = name(text);
        return name.isEmpty()
                ? CompletableFuture.completedFuture(node.resolve(text))
                : node.values().get(name.get()).thenCompose(Pointers::target);
    }

    /** Whether a text is {@code NAME@PUBLISHER}, which only a node with a network resolves. */
    public static boolean isOne(String text) throws CairnException {
        return name(text).isPresent();
    }

    private static Optional<Values.Name> name(String text) throws CairnException {
        return TargetResolver.isWhole(text) ? Optional.empty() : Values.Name.parse(text);
    }

    private static CompletableFuture<FetchTarget> target(Values.Read value) {
        String text = StandardCharsets.UTF_8
                .decode(value.content().duplicate())
                .toString()
                .strip();
        if (HASH.matcher(text).matches()) {
            return CompletableFuture.completedFuture(new FetchTarget(Key.fromHex(text), "", -1, List.of()));
        }
        int bytes = value.content().remaining();
        return CompletableFuture.failedFuture(new CairnException(
                Kind.USAGE,
                "not the hash of a share: the value " + value.name(),
                bytes > SHOWN_BYTES_MAX || text.isEmpty() ? "it has " + bytes + " bytes" : "it is \"" + text + "\"",
                "read the value itself, or publish a hash under this name"));
    }
}
