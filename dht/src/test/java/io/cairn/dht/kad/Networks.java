package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Id160;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** Made-up contacts, and the true closest ones. */
final class Networks {
    private Networks() {}

    static List<Contact> contacts(int count, RandomGenerator random) {
        List<Contact> contacts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            contacts.add(new Contact(NodeId.random(random), endpoint(i)));
        }
        return contacts;
    }

    static Endpoint endpoint(int index) {
        int host = index + 1;
        return Endpoint.of(new byte[] {10, (byte) (host >>> 16), (byte) (host >>> 8), (byte) host}, 4747);
    }

    static List<Contact> closest(Collection<Contact> contacts, Id160 target, int count) {
        return contacts.stream()
                .sorted(Comparator.comparing(contact -> contact.id().distanceTo(target)))
                .limit(count)
                .toList();
    }
}
