package io.cairn.app.network;

import io.cairn.dht.Misfit;
import io.cairn.dht.id.Contact;
import io.cairn.dht.net.LocalAddresses;
import java.util.List;

/**
 * A snapshot of the network as this node sees it, to explain why no peer was reached.
 *
 * @param own this machine's addresses
 * @param contacts nodes that answer over UDP
 * @param misfits nodes whose messages arrive but are not accepted
 * @param bootstraps the problems with the user's bootstrap nodes, each a clause
 */
public record NetworkView(LocalAddresses own, List<Contact> contacts, List<Misfit> misfits, List<String> bootstraps) {
    public NetworkView {
        contacts = List.copyOf(contacts);
        misfits = List.copyOf(misfits);
        bootstraps = List.copyOf(bootstraps);
    }
}
