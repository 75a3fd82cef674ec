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

/** The adversaries of a simulation: one group, whose members know each other, and nobody else. */
final class Adversaries {
    /** To find a key whose id is that near takes some 2 to the power of this attempts. */
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

    /** One with a random id. */
    Contact add(Endpoint endpoint, Behaviour behaviour) {
        Identity identity = Identity.generate(random);
        return add(identity.publicKey(), envelopes.apply(identity), endpoint, behaviour);
    }

    /**
     * One whose id shares so many bits with a point. It makes keys until one fits, as an attacker would; they are random bytes and sign
     * nothing, which is enough where datagrams are unsigned.
     */
    Contact addNear(Id160 point, int bits, Endpoint endpoint, Behaviour behaviour) {
        if (bits > CHOSEN_BITS_MAX) {
            throw new IllegalArgumentException("no id is chosen to " + bits + " bits");
        }
        byte[] candidate = new byte[PublicKey.LENGTH_BYTES];
        PublicKey key;
        do {
            random.nextBytes(candidate);
            key = PublicKey.of(candidate);
        } while (key.nodeId().commonPrefixLength(point) < bits);
        return add(key, new PlainEnvelopes(), endpoint, behaviour);
    }

    /** Those closest to a point, closest first. */
    List<Contact> closest(Id160 point, int count) {
        return members.closest(point, count);
    }

    int size() {
        return members.size();
    }

    private Contact add(PublicKey key, Envelopes sealing, Endpoint endpoint, Behaviour behaviour) {
        Environment environment = network.attach(endpoint);
        Contact contact = new Adversary(key, endpoint, environment, sealing, behaviour, members).contact();
        members.add(contact);
        return contact;
    }
}
