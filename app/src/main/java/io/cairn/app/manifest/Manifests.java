package io.cairn.app.manifest;

import io.cairn.app.CairnException;
import io.cairn.app.FetchTarget;
import io.cairn.app.Reason;
import io.cairn.app.fetch.run.FetchFailures;
import io.cairn.app.work.HashOwners;
import io.cairn.app.work.NodeClosed;
import io.cairn.app.work.Work;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.manifest.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks up manifests that this node does not have, each once for all callers. While a fetch or repair owns the hash, callers get the
 * manifest as soon as the owner has it. Confined to the loop.
 */
public final class Manifests implements HashOwners.Observer {
    /** How long to wait for the owner of a hash to get the manifest or release the hash, in milliseconds. */
    static final long OWNER_MILLIS = 30_000;

    private final Scheduler scheduler;
    private final HashOwners owners;
    private final Function<FetchTarget, CompletableFuture<Manifest>> lookUp;
    private final Map<Key, Asking> asked = new LinkedHashMap<>();
    private boolean closed;

    /** @param lookUp asks peers; completes once all work of the look-up has stopped */
    public Manifests(
            Scheduler scheduler, HashOwners owners, Function<FetchTarget, CompletableFuture<Manifest>> lookUp) {
        this.scheduler = scheduler;
        this.owners = owners;
        this.lookUp = lookUp;
        owners.observe(this);
    }

    /** Joins the owner of the hash or a running look-up, or begins a look-up. */
    public CompletableFuture<Manifest> find(FetchTarget target) {
        if (closed) {
            return CompletableFuture.failedFuture(NodeClosed.exception());
        }
        Optional<Manifest> known = owners.manifest(target.hash());
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(known.get());
        }
        Asking asking = asked.get(target.hash());
        if (asking == null) {
            asking = new Asking(target);
            asked.put(target.hash(), asking);
            asking.proceed();
        }
        return asking.result.copy();
    }

    /** Fails all waiting callers: the node is closed. */
    public void close() {
        closed = true;
        new ArrayList<>(asked.values()).forEach(asking -> asking.failed(NodeClosed.exception()));
    }

    @Override
    public void released(Key hash) {
        Asking asking = asked.get(hash);
        if (asking != null && !closed) {
            asking.proceed();
        }
    }

    @Override
    public void known(Manifest manifest) {
        Asking asking = asked.get(manifest.hash());
        if (asking != null) {
            asking.found(manifest);
        }
    }

    /** The hashes of the running and waiting look-ups. */
    List<Key> pending() {
        return List.copyOf(asked.keySet());
    }

    private final class Asking {
        private final FetchTarget target;
        private final CompletableFuture<Manifest> result = new CompletableFuture<>();
        private Scheduler.@Nullable Timer timeOut;

        Asking(FetchTarget target) {
            this.target = target;
        }

        void proceed() {
            HashOwners.Claim claim = owners.claim(target.hash(), HashOwners.Use.MANIFEST);
            if (claim == null) {
                if (timeOut == null) {
                    timeOut = scheduler.schedule(OWNER_MILLIS, () -> failed(busy()));
                }
                return;
            }
            if (timeOut != null) {
                timeOut.cancel();
            }
            Work.watch(
                    begun().handle((manifest, failure) -> {
                        if (manifest != null) {
                            found(manifest);
                        } else {
                            failed(FetchFailures.of(target.hash(), Work.cause(failure)));
                        }
                        claim.release();
                        return target;
                    }),
                    "looking up a manifest");
        }

        private CompletableFuture<Manifest> begun() {
            try {
                return lookUp.apply(target);
            } catch (RuntimeException failure) {
                return CompletableFuture.failedFuture(failure);
            }
        }

        void found(Manifest manifest) {
            over();
            result.complete(manifest);
        }

        void failed(CairnException failure) {
            over();
            result.completeExceptionally(failure);
        }

        private void over() {
            asked.remove(target.hash(), this);
            if (timeOut != null) {
                timeOut.cancel();
            }
        }

        private CairnException busy() {
            return new CairnException(
                    CairnException.Kind.STALLED,
                    "cannot get the manifest of " + target.hash().toHex(),
                    "this node is fetching the same share and has not got its manifest within " + OWNER_MILLIS / 1_000
                            + " seconds",
                    Reason.WATCH_THE_FETCH.says("see how far that fetch is").and("hash", target.hash()));
        }
    }
}
