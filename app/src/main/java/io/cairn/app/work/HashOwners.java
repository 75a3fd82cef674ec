package io.cairn.app.work;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.manifest.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tracks what is being done to each hash: one owner at a time. A second caller joins the owner, waits for the release, or reports that the
 * hash is busy, as it chooses. Confined to the loop.
 */
public final class HashOwners {
    private final Map<Key, Claim> claims = new HashMap<>();
    private final List<Observer> observers = new ArrayList<>();

    /** What an owner does to its hash. */
    public enum Use {
        FETCH,
        REPAIR,
        MANIFEST
    }

    /** Observes owned hashes. */
    public interface Observer {
        /** The hash has been released. An observer called earlier may already have claimed it again. */
        void released(Key hash);

        /** The owner has the manifest. */
        default void known(Manifest manifest) {}
    }

    /** Adds an observer. Observers are called in the order in which they were added. */
    public void observe(Observer observer) {
        observers.add(observer);
    }

    /** Claims a hash; null if it has an owner. */
    @Nullable
    public Claim claim(Key hash, Use use) {
        if (claims.containsKey(hash)) {
            return null;
        }
        Claim claim = new Claim(hash, use);
        claims.put(hash, claim);
        return claim;
    }

    /** What is done to a hash now; empty if nothing is. */
    public Optional<Use> use(Key hash) {
        return Optional.ofNullable(claims.get(hash)).map(claim -> claim.use);
    }

    /** The manifest of a hash, if its owner has it. */
    public Optional<Manifest> manifest(Key hash) {
        return Optional.ofNullable(claims.get(hash)).map(claim -> claim.manifest);
    }

    /** The owner of a hash has its manifest. Ignored if the hash has no owner. */
    public void knows(Manifest manifest) {
        Claim claim = claims.get(manifest.hash());
        if (claim != null && claim.manifest == null) {
            claim.manifest = manifest;
            List.copyOf(observers).forEach(observer -> observer.known(manifest));
        }
    }

    /** The right to work on a hash. */
    public final class Claim {
        private final Key hash;
        private final Use use;
        private @Nullable Manifest manifest;

        private Claim(Key hash, Use use) {
            this.hash = hash;
            this.use = use;
        }

        /** Releases the hash. A second call does nothing. */
        public void release() {
            if (claims.remove(hash, this)) {
                List.copyOf(observers).forEach(observer -> observer.released(hash));
            }
        }
    }
}
