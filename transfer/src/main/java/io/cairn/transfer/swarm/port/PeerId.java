package io.cairn.transfer.swarm.port;

import io.cairn.dht.id.NodeId;
import org.jspecify.annotations.Nullable;

/** A peer's identity on its wire. Equal ids are the same peer; the text form is for people and also unique. */
public interface PeerId {
    /** Its node id; null on a wire that has none. */
    @Nullable
    NodeId node();

    /** The id of a node, as Cairn's own wire and the hash table know it. */
    static PeerId of(NodeId node) {
        return new OfNode(node);
    }

    /** A node. */
    record OfNode(NodeId node) implements PeerId {
        // Written out, as in other records that every start compares: the default is assembled at run time.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OfNode that && node.equals(that.node);
        }

        @Override
        public int hashCode() {
            return node.hashCode();
        }

        @Override
        public String toString() {
            return node.toHex();
        }
    }
}
