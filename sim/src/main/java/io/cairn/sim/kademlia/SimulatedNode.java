package io.cairn.sim.kademlia;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.env.Environment;
import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.node.DhtNode;
import org.jspecify.annotations.Nullable;

/** A production node on a simulated host. */
public final class SimulatedNode {
    private final Identity identity;
    private final Contact contact;
    private final Environment environment;
    private final DhtNode dht;
    private final int number;
    private int place;
    private boolean isAlive = true;
    private @Nullable Timer departure;

    SimulatedNode(int number, Identity identity, Endpoint endpoint, Environment environment, DhtNode dht) {
        this.number = number;
        this.identity = identity;
        this.contact = new Contact(identity.nodeId(), endpoint);
        this.environment = environment;
        this.dht = dht;
    }

    public NodeId id() {
        return contact.id();
    }

    public Identity identity() {
        return identity;
    }

    public Endpoint endpoint() {
        return contact.endpoint();
    }

    /** Always the same object, which all tables share. */
    public Contact contact() {
        return contact;
    }

    /** The ports of the host, for code that runs beside the node. */
    public Environment environment() {
        return environment;
    }

    public DhtNode dht() {
        return dht;
    }

    /** The index of this node in the simulation, from 0. */
    public int number() {
        return number;
    }

    public boolean isAlive() {
        return isAlive;
    }

    /** Its index among the living, which changes. */
    int place() {
        return place;
    }

    void setPlace(int place) {
        this.place = place;
    }

    /** Sets the timer of its departure, or null for none; replaces the previous one. */
    void setDeparture(@Nullable Timer timer) {
        if (departure != null) {
            departure.cancel();
        }
        departure = timer;
    }

    void die() {
        isAlive = false;
        setDeparture(null);
    }
}
