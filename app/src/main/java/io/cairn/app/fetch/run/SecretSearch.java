package io.cairn.app.fetch.run;

import io.cairn.app.Contacts.Person;
import io.cairn.app.FetchTarget;
import io.cairn.app.share.Audiences;
import io.cairn.app.work.StoredManifests;
import io.cairn.app.work.Work;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.state.OfferTable.Origin;
import io.cairn.transfer.store.state.OfferTable.StoredOffer;
import io.cairn.transfer.swarm.fetch.FetchListener;
import io.cairn.transfer.swarm.fetch.FetchOutcome;
import io.cairn.transfer.swarm.fetch.SwarmFetch;
import io.cairn.transfer.swarm.port.PeerId;
import io.cairn.transfer.swarm.port.Topic;
import io.cairn.transfer.swarm.talk.Talks;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The secret of a share that a fetch may need: from its link, from an earlier run, or from those that decide who gets it. It asks the peers
 * that say they do not share it, and, while no peer is of use, the contacts that can be reached. A secret with which nothing arrives is
 * dropped again, so that a liar costs a fetch a few seconds. So is a stranger's secret that nobody has proven although chunks arrived. The
 * secret of a link or of a contact stays: a peer that serves openly what is for some must not make others do the same. Confined to the loop.
 */
public final class SecretSearch {
    /** An open share is found within this time, and nobody is asked. */
    private static final int CONTACTS_AFTER_MILLIS = 1_000;

    private static final int CONTACTS_AGAIN_MILLIS = 5_000;

    /** A manifest arrives within this time from the peer that told the right secret. */
    private static final int TRIAL_MILLIS = 5_000;

    /** A chunk arrives within this time: as long as a fetch waits for a byte before it counts as stalled. */
    private static final int CHUNK_TRIAL_MILLIS = 30_000;

    private static final int ASKED_AT_ONCE = 8;
    private static final int CONTACTS_ASKED_MAX = 64;

    /** Most secrets of peers without a name that are tried in one fetch: identities are free. */
    private static final int STRANGERS_TRIED_MAX = 2;

    private final FetchTools tools;
    private final Key hash;
    private final @Nullable ShareSecret ofLink;
    private final Set<NodeId> asking = new HashSet<>();
    private final Deque<NodeId> contacts = new ArrayDeque<>();
    private final Set<ShareSecret> failed = new HashSet<>();
    private int strangersTried;
    private @Nullable SwarmFetch fetch;
    private Scheduler.@Nullable Timer timer;

    public SecretSearch(FetchTools tools, FetchTarget target) {
        this.tools = tools;
        this.hash = target.hash();
        this.ofLink = target.secret();
    }

    /** Before the fetch: the secret of its link holds from now on, also for later runs. */
    public CompletableFuture<Key> begin() {
        return ofLink == null
                ? CompletableFuture.completedFuture(hash)
                : audiences().told(hash, ofLink, null);
    }

    /** What the listener of the fetch hears, heard here too. */
    public FetchListener hearing(FetchListener listener) {
        return new Hearing(listener);
    }

    /**
     * Searches until the fetch has ended.
     *
     * @return completes with the outcome of the fetch, once a secret of a stranger that turned out to be false is forgotten
     */
    public CompletableFuture<FetchOutcome> follow(SwarmFetch begun) {
        fetch = begun;
        timer = tools.work().scheduler().schedule(CONTACTS_AFTER_MILLIS, this::askContacts);
        return begun.end().thenCompose(outcome -> {
            end();
            noteProof(begun);
            return audiences()
                    .settled()
                    .thenCompose(settled -> begun.isForAnyone() && audiences().isTried(hash)
                            ? audiences().forgetTold(hash).handle((forgotten, failure) -> outcome)
                            : CompletableFuture.completedFuture(outcome));
        });
    }

    /** Stored as soon as it is known: a later run cannot see what was proven to this one. */
    private void noteProof(@Nullable SwarmFetch running) {
        if (running != null && running.isProven() && audiences().isTried(hash)) {
            Work.watch(audiences().proven(hash), "storing that a secret is proven");
        }
    }

    /** Forgets a secret that was told for what is over, unless a share or an unfinished fetch here needs it. Never fails. */
    public CompletableFuture<Key> forget() {
        return tools.work()
                .offload(() -> StoredManifests.find(tools.state(), hash))
                .thenCompose(needed -> needed.isPresent()
                        ? CompletableFuture.completedFuture(hash)
                        : audiences().forgetTold(hash))
                .handle((forgotten, failure) -> hash);
    }

    private Audiences audiences() {
        return tools.shares().audiences();
    }

    private void end() {
        fetch = null;
        contacts.clear();
        if (timer != null) {
            timer.cancel();
        }
    }

    private void askContacts() {
        SwarmFetch running = fetch;
        if (running != null) {
            noteProof(running);
            if (running.progress().peers() == 0) {
                contacts.clear();
                tools.people().contacts().all().stream()
                        .map(Person::node)
                        .filter(node -> !node.equals(tools.dht().id()))
                        .distinct()
                        .limit(CONTACTS_ASKED_MAX)
                        .forEach(contacts::add);
                askNext();
            }
            timer = tools.work().scheduler().schedule(CONTACTS_AGAIN_MILLIS, this::askContacts);
        }
    }

    private void askNext() {
        while (asking.size() < ASKED_AT_ONCE && !contacts.isEmpty()) {
            NodeId contact = contacts.remove();
            ask(contact, tools.people().finder().find(contact));
        }
    }

    private void denied(PeerId peer, Endpoint at) {
        NodeId node = peer.node();
        if (node != null && asking.size() < ASKED_AT_ONCE) {
            ask(node, CompletableFuture.completedFuture(List.of(at)));
        }
    }

    private void ask(NodeId node, CompletableFuture<List<Endpoint>> endpoints) {
        if (fetch != null && asking.add(node)) {
            var unused = endpoints
                    .thenCompose(at -> tools.swarm().talks().ask(PeerId.of(node), at, Topic.SECRET, hash.toBytes()))
                    .handle((answer, failure) -> {
                        asking.remove(node);
                        if (answer != null) { // a failure says that it is not for us, or nobody there
                            answered(node, answer);
                        }
                        askNext();
                        return node;
                    });
        }
    }

    private void answered(NodeId node, Talks.Answered answer) {
        SwarmFetch running = fetch;
        if (running == null || answer.body().length != ShareSecret.BYTES) {
            return;
        }
        ShareSecret told = ShareSecret.of(answer.body());
        StoredOffer before = audiences().row(hash).orElse(null);
        NodeId owner = before == null ? null : before.owner();
        if (before != null && told.equals(before.secret())) {
            owned(node, told, owner);
            running.meet(answer.peer(), answer.at());
        } else if ((Objects.equals(node, owner) || running.progress().peers() == 0)
                && !failed.contains(told)
                && mayTell(node, before)) {
            int chunks = running.progress().chunks();
            int trialMillis = running.manifest() == null ? TRIAL_MILLIS : CHUNK_TRIAL_MILLIS;
            Work.watch(
                    hold(told, node, before).thenAccept(known -> {
                        running.meet(answer.peer(), answer.at());
                        tools.work().scheduler().schedule(trialMillis, () -> judge(told, before, chunks));
                    }),
                    "using the secret of a share");
        }
    }

    private CompletableFuture<Key> hold(ShareSecret told, NodeId node, @Nullable StoredOffer before) {
        return isBelieved(node, before)
                ? audiences().told(hash, told, node)
                : audiences().tried(hash, told, node);
    }

    /** A contact, and who is known to decide. */
    private boolean isBelieved(NodeId node, @Nullable StoredOffer before) {
        boolean isOwner = before != null && before.origin() != Origin.TRIED && Objects.equals(node, before.owner());
        return isOwner || isContact(node);
    }

    /** Who gives away the secret of a link has drawn it, for members do not hand it on. Only a contact is believed this. */
    private void owned(NodeId node, ShareSecret secret, @Nullable NodeId known) {
        if (known == null && isContact(node)) {
            Work.watch(audiences().told(hash, secret, node), "storing who decides for whom a share is");
        }
    }

    /** A contact delivers a share with the secret of a link: perhaps it is its owner. */
    private void met(PeerId peer, Endpoint at) {
        NodeId node = peer.node();
        if (node != null
                && audiences().secret(hash) != null
                && audiences().row(hash).map(StoredOffer::owner).isEmpty()
                && isContact(node)) {
            ask(node, CompletableFuture.completedFuture(List.of(at)));
        }
    }

    private boolean isContact(NodeId node) {
        return tools.people().contacts().nameOf(node).isPresent();
    }

    /** A stranger's secret is in the place of no other than a stranger's. */
    private boolean mayTell(NodeId node, @Nullable StoredOffer before) {
        boolean isFree = before == null || before.origin() == Origin.TRIED;
        return isBelieved(node, before) || isFree && strangersTried++ < STRANGERS_TRIED_MAX;
    }

    /** Goes back to what was known before if nothing came with a secret. */
    private void judge(ShareSecret told, @Nullable StoredOffer before, int chunks) {
        SwarmFetch running = fetch;
        if (running == null || !Objects.equals(told, audiences().secret(hash))) {
            return;
        }
        noteProof(running);
        if (running.manifest() != null && running.progress().chunks() > chunks) {
            strangersTried = 0;
            return;
        }
        failed.add(told);
        Work.watch(audiences().useless(hash, told, before), "dropping a secret of no use");
    }

    /** Passes everything on. */
    private final class Hearing implements FetchListener {
        private final FetchListener listener;

        Hearing(FetchListener listener) {
            this.listener = listener;
        }

        @Override
        public void lookup(int asked, int answered, int providers) {
            listener.lookup(asked, answered, providers);
        }

        @Override
        public void manifest(Manifest manifest, PeerId from, long resumedBytes) {
            listener.manifest(manifest, from, resumedBytes);
            noteProof(fetch);
        }

        @Override
        public void peerChanged(@Nullable PeerId peer, Endpoint endpoint, PeerState state, String reason) {
            listener.peerChanged(peer, endpoint, state, reason);
            if (peer != null && state == PeerState.CONNECTED) {
                noteProof(fetch);
                met(peer, endpoint);
            }
        }

        @Override
        public void denied(PeerId peer, Endpoint endpoint) {
            listener.denied(peer, endpoint);
            SecretSearch.this.denied(peer, endpoint);
        }

        @Override
        public void chunkBad(int chunk, PeerId peer, Endpoint endpoint) {
            listener.chunkBad(chunk, peer, endpoint);
        }

        @Override
        public void verified(int chunks) {
            listener.verified(chunks);
        }
    }
}
