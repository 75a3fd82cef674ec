package io.cairn.sim.kademlia;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.sim.network.DatagramCounts;
import io.cairn.sim.network.SimulatedNetwork;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The invariants of every node and of the network as a whole, which must hold under all conditions. Checked from outside; takes a few
 * microseconds a contact.
 */
final class Invariants {
    private final SimulatedNetwork network;
    private final KademliaLimits limits;
    private final BrokenInvariants violations;

    Invariants(SimulatedNetwork network, KademliaLimits limits, BrokenInvariants violations) {
        this.network = network;
        this.limits = limits;
        this.violations = violations;
    }

    /** Checks that no datagram has vanished, and that ids are unique. */
    void check(List<SimulatedNode> living) {
        DatagramCounts counts = network.counts();
        if (!counts.areConserved()) {
            violations.add("datagrams-conserved", counts.sent() + " sent, " + counts.delivered() + " delivered");
        }
        Set<NodeId> ids = new HashSet<>();
        for (SimulatedNode node : living) {
            if (!ids.add(node.id())) {
                violations.add("unique-ids", "two nodes are " + node.id());
            }
        }
    }

    /** Checks the table and the records of a node. */
    void check(SimulatedNode node) {
        List<Contact> contacts = node.dht().contacts();
        Set<Endpoint> endpoints = new HashSet<>();
        for (Contact contact : contacts) {
            if (contact.id().equals(node.id())) {
                violations.add("table-without-self", node.contact() + " knows itself");
            }
            if (!endpoints.add(contact.endpoint())) {
                violations.add("one-contact-an-endpoint", node.contact() + " has two at " + contact.endpoint());
            }
            if (!network.everLived(contact.endpoint())) {
                violations.add("contacts-verified", node.contact() + " took in " + contact + ", which never lived");
            }
        }
        checkBuckets(node, contacts);
        checkRecords(node);
    }

    /** Any bucket may be, or have been, the one that holds the last of the k nearest, and so have room for siblings. */
    private void checkBuckets(SimulatedNode node, List<Contact> contacts) {
        int max = limits.siblingsMax();
        int buckets = node.dht().statistics().buckets();
        int[] sizes = new int[buckets];
        for (Contact contact : contacts) {
            int shared = contact.id().commonPrefixLength(node.id());
            int size = ++sizes[Math.min(shared, buckets - 1)];
            if (size > max) {
                violations.add(
                        "buckets-within-bounds", node.contact() + " has " + size + " with " + shared + " common bits");
            }
        }
    }

    private void checkRecords(SimulatedNode node) {
        long wallMillis = node.environment().clock().wallMillis();
        for (RecordBatch batch : node.dht().heldBatches()) {
            long aheadMillis = batch.statement().expiryMillis() - wallMillis;
            long toleranceMillis = limits.guard().timeStampWindowMillis();
            if (aheadMillis < -toleranceMillis || aheadMillis > limits.records().lifetimeMillis() + toleranceMillis) {
                violations.add("records-in-time", node.contact() + " holds one that expires in " + aheadMillis + " ms");
            }
        }
    }
}
