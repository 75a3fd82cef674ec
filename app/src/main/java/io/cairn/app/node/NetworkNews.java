package io.cairn.app.node;

import io.cairn.app.Node.Notice;
import io.cairn.app.fetch.FetchQueue;
import io.cairn.app.work.Broadcast;
import io.cairn.dht.Dht;
import io.cairn.dht.Misfit;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.NodeId;
import java.util.Optional;
import java.util.function.Function;

/**
 * Turns what the DHT hears into notices, and lets waiting fetches ask new contacts.
 *
 * @param names the user's name for a node, on the loop
 */
record NetworkNews(FetchQueue fetches, Function<NodeId, Optional<String>> names, Broadcast<Notice> notices)
        implements Dht.Observer {
    @Override
    public void appeared(Contact contact) {
        fetches.contactAppeared();
        notices.tell(
                new Notice.ContactAppeared(contact, names.apply(contact.id()).orElse(null)));
    }

    @Override
    public void heard(Misfit misfit) {
        if (misfit.isClock()) {
            notices.tell(new Notice.ClockDiffers(misfit.address(), misfit.aheadMillis()));
        }
    }
}
