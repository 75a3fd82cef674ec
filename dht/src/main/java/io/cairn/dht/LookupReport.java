package io.cairn.dht;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import java.util.List;

/**
 * The result of a look-up for the nodes closest to a point.
 *
 * @param closest the nodes that answered, closest first, at most k
 * @param hops referrals that led to the closest: 0 if it was a contact of this node, 1 if such a contact named it; -1 if no node answered
 * @param requests nodes asked
 * @param unanswered how many of these stayed silent
 * @param isOverDisjointPaths whether it used disjoint paths, by default because its result was implausible
 * @param millis from the call to the end
 */
public record LookupReport(
        Key target,
        List<Contact> closest,
        int hops,
        int requests,
        int unanswered,
        boolean isOverDisjointPaths,
        long millis) {
    public LookupReport {
        closest = List.copyOf(closest);
    }
}
