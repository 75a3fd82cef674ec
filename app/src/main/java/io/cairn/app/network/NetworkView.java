package io.cairn.app.network;

import io.cairn.dht.Misfit;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.net.LocalAddresses;
import java.util.List;
import java.util.Map;

/**
 * A snapshot of the network as this node sees it, to explain why no peer was reached.
 *
 * @param own this machine's addresses
 * @param contacts nodes that answer over UDP
 * @param misfits nodes whose messages arrive but are not accepted
 * @param bootstraps the user's bootstrap nodes that have not answered
 * @param names the user's names for nodes
 */
public record NetworkView(
        LocalAddresses own,
        List<Contact> contacts,
        List<Misfit> misfits,
        List<SilentBootstrap> bootstraps,
        Map<NodeId, String> names) {
    public NetworkView {
        contacts = List.copyOf(contacts);
        misfits = List.copyOf(misfits);
        bootstraps = List.copyOf(bootstraps);
        names = Map.copyOf(names);
    }

    /** A node as a sentence names it: by the user's name for it, else by the short form of its id. */
    public String shown(NodeId node) {
        return names.getOrDefault(node, node.toShortString());
    }
}
