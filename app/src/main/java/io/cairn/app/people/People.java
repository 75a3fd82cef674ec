package io.cairn.app.people;

import io.cairn.app.work.Work;
import io.cairn.dht.Dht;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.swarm.Swarm;

/**
 * The people of a node: their names, where they are, and which shares are for them.
 *
 * @param contacts names and groups
 * @param offers for whom shares are
 * @param finder where a node is
 */
public record People(AddressBook contacts, OfferBook offers, NodeFinder finder) {
    /** Those of a node; nothing is read yet. */
    public static People of(Work work, StateDatabase state, Dht dht, Swarm swarm) {
        return new People(
                new AddressBook(work, dht.id(), state.contacts()),
                new OfferBook(work, state.offers()),
                new NodeFinder(dht, swarm));
    }
}
