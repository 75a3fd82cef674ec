package io.cairn.dht.sim;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.env.Environment;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.node.DhtNode;

/** A production node on a simulated host. */
public final class SimulatedNode {
    private final Identity identity;
    private final Endpoint endpoint;
    private final Environment environment;
    private final DhtNode dht;
    private boolean isAlive = true;

    SimulatedNode(Identity identity, Endpoint endpoint, Environment environment, DhtNode dht) {
        this.identity = identity;
        this.endpoint = endpoint;
        this.environment = environment;
        this.dht = dht;
    }

    public NodeId id() {
        return dht.id();
    }

    public Identity identity() {
        return identity;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    public Contact contact() {
        return new Contact(id(), endpoint);
    }

    /** The ports of the host, for whoever runs beside the node. */
    public Environment environment() {
        return environment;
    }

    public DhtNode dht() {
        return dht;
    }

    public boolean isAlive() {
        return isAlive;
    }

    void die() {
        isAlive = false;
    }
}
