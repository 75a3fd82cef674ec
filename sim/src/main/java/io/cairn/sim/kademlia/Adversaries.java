package io.cairn.sim.kademlia;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.crypto.PublicKey;
import io.cairn.dht.env.Environment;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Id160;
import io.cairn.dht.wire.Envelopes;
import io.cairn.sim.network.SimulatedNetwork;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** The adversaries of a simulation: one group, whose members know only each other. */
final class Adversaries {
    /** Finding a key whose id shares this many bits takes about 2 to the power of this attempts. */
    private static final int CHOSEN_BITS_MAX = 24;

    private final SimulatedNetwork network;
    private final SplittableRandom random;
    private final Function<Identity, Envelopes> envelopes;
    private final ContactIndex members = new ContactIndex();

    Adversaries(SimulatedNetwork network, SplittableRandom random, Function<Identity, Envelopes> envelopes) {
        this.network = network;
        this.random = random;
        this.envelopes = envelopes;
    }

    /** Adds one with a random id. */
    Contact add(Endpoint endpoint, Behaviour behaviour) {
        Identity identity = Identity.generate(random);
        return add(identity.publicKey(), envelopes.apply(identity), endpoint, behaviour);
    }

    /**
     * Adds one whose id shares this many bits with a point. It generates keys until one fits, as an attacker would; they are random bytes
     * and cannot sign, which is enough for unsigned datagrams.
     */
    Contact addNear(Id160 point, int bits, Endpoint endpoint, Behaviour behaviour) {
        if (bits > CHOSEN_BITS_MAX) {
            throw new IllegalArgumentException("cannot choose an id to " + bits + " bits");
        }
        byte[] candidate = new byte[PublicKey.LENGTH_BYTES];
        PublicKey key;
        do {
            random.nextBytes(candidate);
            key = PublicKey.of(candidate);
        } while (key.nodeId().commonPrefixLength(point) < bits);
        return add(key, new PlainEnvelopes(), endpoint, behaviour);
    }

    /** The members closest to a point, closest first. */
    List<Contact> closest(Id160 point, int count) {
        return members.closest(point, count);
    }

    private Contact add(PublicKey key, Envelopes sealing, Endpoint endpoint, Behaviour behaviour) {
        Environment environment = network.attach(endpoint);
        Contact contact = new Adversary(key, endpoint, environment, sealing, behaviour, members).contact();
        members.add(contact);
        return contact;
    }
}
