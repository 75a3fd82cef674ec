package io.cairn.app.values;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node;
import io.cairn.app.Reason;
import io.cairn.app.Values;
import io.cairn.app.work.TargetResolver;
import io.cairn.dht.id.Key;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values that point to a share: their content is the 40 hexadecimal digits of its hash. */
public final class Pointers {
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{40}");

    /** What follows the last {@code @} is the publisher: a node id, or the name of a contact, which has neither white space nor slashes. */
    private static final Pattern FORM = Pattern.compile("(.+)@([^@/\\\\\\s]+)");

    private static final int SHOWN_BYTES_MAX = 40;

    private Pointers() {}

    /** The value that points to a share. */
    public static Values.Put to(String name, Key hash) {
        return new Values.Put(name, ByteBuffer.wrap(hash.toHex().getBytes(StandardCharsets.US_ASCII)), null);
    }

    /**
     * What a text names: as {@link Node#resolve}, and {@code NAME@PUBLISHER} for the share that a value points to, which asks the network.
     * The publisher is a node id or a contact. Fails with kind NO_PROVIDER if there is no such value, and with kind USAGE if it is no hash.
     */
    public static CompletableFuture<FetchTarget> resolve(Node node, String text) throws CairnException {
        Optional<Values.Name> name = ofContact(node, text);
        if (name.isPresent()) {
            return node.values().get(name.get()).thenCompose(Pointers::target);
        }
        try {
            return CompletableFuture.completedFuture(node.resolve(text));
        } catch (CairnException unknown) {
            throw unknown.kind() == Kind.USAGE && isOne(text) ? nobody(text) : unknown;
        }
    }

    /**
     * Whether a text has the form {@code NAME@PUBLISHER}, which only a node with a network resolves. Where no contact has the name after the
     * {@code @}, it may still be the name of a share.
     */
    public static boolean isOne(String text) {
        return !TargetResolver.isWhole(text) && FORM.matcher(text.strip()).matches();
    }

    /**
     * The value that a text names: {@code NAME@PUBLISHER}, where the publisher is a node id or a contact; a name alone is one of this node.
     *
     * @throws CairnException of kind USAGE if it is no name, or no contact has the name after the {@code @}
     */
    public static Values.Name name(Node node, String text) throws CairnException {
        Matcher parts = FORM.matcher(text.strip());
        return parts.matches()
                ? new Values.Name(
                        Values.Name.checked(parts.group(1)), node.contacts().resolve(parts.group(2)))
                : new Values.Name(Values.Name.checked(text), node.info().node());
    }

    /** Empty if a text has another form, or no contact has the name after its {@code @}. */
    private static Optional<Values.Name> ofContact(Node node, String text) throws CairnException {
        if (!isOne(text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(name(node, text));
        } catch (CairnException refused) {
            if (refused.reason() == Reason.LIST_THE_CONTACTS) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private static CairnException nobody(String text) {
        String publisher = text.substring(text.lastIndexOf('@') + 1).strip();
        return new CairnException(
                Kind.USAGE,
                "not known here: " + text,
                "no contact is " + publisher + ", and no share or fetch has this name",
                Reason.LIST_THE_CONTACTS.says("see the names of all contacts").and("name", publisher));
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
