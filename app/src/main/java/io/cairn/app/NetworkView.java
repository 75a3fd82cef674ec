package io.cairn.app;

import io.cairn.dht.id.Contact;
import io.cairn.dht.net.LocalAddresses;
import io.cairn.dht.node.Misfit;
import java.util.List;

/**
 * What this node sees of the network at one moment, to explain why nobody was reached.
 *
 * @param own this machine's addresses
 * @param contacts nodes that answer over UDP
 * @param misfits nodes that are heard but cannot be talked to
 * @param bootstraps what is wrong with the nodes that the user named to begin with, each a clause
 */
record NetworkView(LocalAddresses own, List<Contact> contacts, List<Misfit> misfits, List<String> bootstraps) {
    NetworkView {
        contacts = List.copyOf(contacts);
        misfits = List.copyOf(misfits);
        bootstraps = List.copyOf(bootstraps);
    }
}
