package io.cairn.dht.id;

import org.jspecify.annotations.Nullable;

/** A node's id and the endpoint at which it is said to answer. */
public record Contact(NodeId id, Endpoint endpoint) {
    /** This contact as meant by the contact that named it. */
    public Contact namedBy(Contact source) {
        return endpoint.lacksScope() ? new Contact(id, endpoint.inScopeOf(source.endpoint)) : this;
    }

    // Written out, as in other records compared at every start: the default implementation is generated at run time.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Contact contact && id.equals(contact.id) && endpoint.equals(contact.endpoint);
    }

    @Override
    public int hashCode() {
        return 31 * id.hashCode() + endpoint.hashCode();
    }

    @Override
    public String toString() {
        return id.toShortString() + "@" + endpoint;
    }
}
