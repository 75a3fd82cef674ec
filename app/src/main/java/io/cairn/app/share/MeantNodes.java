package io.cairn.app.share;

import io.cairn.app.CairnException;
import io.cairn.app.Offers.Offer;
import io.cairn.app.people.AddressBook;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.store.state.OfferTable.StoredOffer;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which nodes the members of a share are. A row has ids of nodes and names of groups; a group means the contacts that are in it at the
 * moment. On the loop.
 */
final class MeantNodes {
    private static final Pattern NODE_ID = Pattern.compile("[0-9a-f]{40}");

    private final AddressBook people;

    MeantNodes(AddressBook people) {
        this.people = people;
    }

    /** What is stored for what a user wrote. Fails if it names nobody. */
    List<String> checked(Offer offer) throws CairnException {
        Set<String> checked = new LinkedHashSet<>();
        List<String> to = offer.to();
        for (String member : to == null ? List.<String>of() : to) {
            checked.add(
                    people.findGroup(member).isPresent()
                            ? member
                            : people.node(member).toHex());
        }
        return List.copyOf(checked);
    }

    String shownAs(String member) {
        return NODE_ID.matcher(member).matches()
                ? people.nameOf(NodeId.fromHex(member)).orElse(member)
                : member;
    }

    /** The nodes that are meant now. */
    Set<NodeId> nodes(List<String> to) {
        Set<NodeId> nodes = new HashSet<>();
        to.forEach(member -> nodes.addAll(nodes(member)));
        return nodes;
    }

    /** A stored name is a group's, never a contact's, which is stored by its id: a group that is no more has no nodes. */
    private Set<NodeId> nodes(String member) {
        if (NODE_ID.matcher(member).matches()) {
            return Set.of(NodeId.fromHex(member));
        }
        return people.findGroup(member).map(people::nodes).orElseGet(Set::of);
    }

    /** Those of these nodes that are contacts now. */
    Set<NodeId> named(Set<NodeId> nodes) {
        return nodes.stream().filter(node -> people.nameOf(node).isPresent()).collect(Collectors.toSet());
    }

    /** Who had the secret when a row was stored: its ids, and who was in its groups. */
    static Set<NodeId> holders(StoredOffer row) {
        Set<NodeId> nodes = new HashSet<>(row.named());
        row.members().stream()
                .filter(member -> NODE_ID.matcher(member).matches())
                .map(NodeId::fromHex)
                .forEach(nodes::add);
        return nodes;
    }

    /** The members of a row that are meant still: a node that had a name and lost it is not, nor a group that is no more. */
    List<String> left(StoredOffer row) {
        Set<NodeId> gone = new HashSet<>(row.named());
        gone.removeAll(named(row.named()));
        return row.members().stream()
                .filter(member -> NODE_ID.matcher(member).matches()
                        ? !gone.contains(NodeId.fromHex(member))
                        : people.findGroup(member).isPresent())
                .toList();
    }
}
