package io.cairn.dht.id;

/** Where a node is said to be: an id and the endpoint at which it answers. */
public record Contact(NodeId id, Endpoint endpoint) {
    @Override
    public String toString() {
        return id.toShortString() + "@" + endpoint;
    }
}
