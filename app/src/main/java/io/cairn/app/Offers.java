package io.cairn.app;

import io.cairn.dht.id.Key;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * For whom this node's shares are. Thread-safe. Futures fail with a {@link CairnException}.
 */
public interface Offers {
    /** For whom a share is; {@link Offer#OPEN} if nothing else was said. */
    Offer of(Key hash);

    /**
     * Changes for whom a share is, without hashing it again. Who is added gets the secret of the share when it asks; when somebody is removed,
     * the share gets a new secret, and the sessions that no longer may have it are refused at once. Fails if the share or a member is unknown.
     */
    CompletableFuture<Offered> change(Key hash, Offer offer);

    /**
     * For whom a share is.
     *
     * @param listed whether it is in this node's catalogue, for those who may have it
     * @param to contacts, groups and node ids that alone may find and have it; empty for holders of its link alone; null for anyone who
     *     knows its hash
     * @param withdrawn whether the node that decides for whom it is has taken it from this one: its copy is served to nobody. Only said by a node
     */
    record Offer(boolean listed, @Nullable List<String> to, boolean withdrawn) {
        /** For anyone who knows the hash, and not listed. */
        public static final Offer OPEN = new Offer(false, null);

        public Offer {
            to = to == null ? null : List.copyOf(to);
        }

        public Offer(boolean listed, @Nullable List<String> to) {
            this(listed, to, false);
        }

        /** Whether it is for some alone. */
        public boolean isRestricted() {
            return to != null;
        }
    }

    /**
     * A share and for whom it is now.
     *
     * @param link with its secret, if it is restricted; empty if it is withdrawn
     */
    record Offered(Key hash, String name, Offer offer, String link) {}
}
