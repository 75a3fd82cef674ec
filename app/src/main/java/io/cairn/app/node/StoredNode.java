package io.cairn.app.node;

import io.cairn.app.CairnException;
import io.cairn.app.Contacts.Person;
import io.cairn.app.Fetch;
import io.cairn.app.FetchOptions;
import io.cairn.app.Node;
import io.cairn.app.Offers.Offer;
import io.cairn.app.Why;
import io.cairn.app.fetch.StoredFetches;
import io.cairn.app.why.StoredWhys;
import io.cairn.app.work.StateFailures;
import io.cairn.app.work.StoredManifests;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.state.ContactTable.StoredContact;
import io.cairn.transfer.store.state.OfferTable.Origin;
import io.cairn.transfer.store.state.OfferTable.StoredOffer;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.store.state.StoredShare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a node that does not run would list, read from its data directory without a change to it. */
public final class StoredNode {
    private static final String NOT_RUNNING = "no node is running";

    private StoredNode() {}

    /** The shares, ordered by name. None is offered, and each says why. Empty if no node has used the directory. */
    public static List<Node.Share> shares(Path dataDirectory) throws CairnException {
        return read(dataDirectory, List.of(), state -> {
            List<Node.Share> shares = new ArrayList<>();
            Map<Key, Offer> offers = offers(state);
            for (StoredShare share : state.shares().all()) {
                shares.add(new Node.Share(
                        share.hash(),
                        share.manifest().name(),
                        share.path(),
                        share.manifest().totalBytes(),
                        share.manifest().chunkCount(),
                        false,
                        share.uploadedBytes(),
                        NOT_RUNNING,
                        offers.getOrDefault(share.hash(), Offer.OPEN)));
            }
            shares.sort(Comparator.comparing(Node.Share::name));
            return shares;
        });
    }

    private static Map<Key, Offer> offers(StateDatabase state) throws IOException {
        Map<Key, Offer> offers = new HashMap<>();
        List<StoredOffer> stored = state.offers().all();
        Map<String, String> names = new HashMap<>();
        for (StoredContact contact :
                stored.isEmpty() ? List.<StoredContact>of() : state.contacts().all()) {
            names.put(contact.node().toHex(), contact.name());
        }
        for (StoredOffer offer : stored) {
            List<String> to = offer.members().stream()
                    .map(member -> names.getOrDefault(member, member))
                    .toList();
            offers.put(
                    offer.hash(),
                    new Offer(offer.listed(), offer.secret() == null ? null : to, offer.origin() == Origin.DENIED));
        }
        return offers;
    }

    /** The last fetches that ended, and the unfinished ones. Empty if no node has used the directory. */
    public static Map<FetchOptions, Fetch.Status> fetches(Path dataDirectory) throws CairnException {
        return read(dataDirectory, Map.of(), StoredFetches::read);
    }

    /** The contacts, by name. Empty if no node has used the directory. */
    public static List<Person> contacts(Path dataDirectory) throws CairnException {
        return read(
                dataDirectory,
                List.of(),
                state -> state.contacts().all().stream()
                        .map(contact -> new Person(contact.name(), contact.node(), contact.addedMillis()))
                        .toList());
    }

    /**
     * The manifest of a share or unfinished fetch, even while another process runs a node there.
     *
     * @param hashOrLink as {@link Node#resolve} takes it
     * @return empty if the directory has no such manifest
     * @throws CairnException of kind USAGE if it is neither a hash, a link, nor a name known there
     */
    public static Optional<Manifest> manifest(Path dataDirectory, String hashOrLink) throws CairnException {
        return StoredManifests.find(dataDirectory, hashOrLink);
    }

    /** Why the fetch of a hash ended as it did; likewise. */
    public static Optional<Why> why(Path dataDirectory, String hashOrLink) throws CairnException {
        return StoredWhys.find(dataDirectory, hashOrLink);
    }

    private static <T> T read(Path dataDirectory, T none, Reading<T> reading) throws CairnException {
        Path file = dataDirectory.resolve(StateDatabase.FILE_NAME);
        if (!Files.exists(file)) {
            return none;
        }
        try (StateDatabase state = StateDatabase.openReadOnly(file)) {
            return reading.of(state);
        } catch (IOException failure) {
            throw StateFailures.of("cannot read the state of this node in " + file, file, failure);
        }
    }

    private interface Reading<T> {
        T of(StateDatabase state) throws IOException;
    }
}
