package io.cairn.app.share;

import io.cairn.app.CairnException;
import io.cairn.app.Offers.Offer;
import io.cairn.app.people.AddressBook;
import io.cairn.app.people.OfferBook;
import io.cairn.app.people.People;
import io.cairn.app.work.Work;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.store.state.OfferTable.Origin;
import io.cairn.transfer.store.state.OfferTable.StoredOffer;
import io.cairn.transfer.store.state.StoredShare;
import io.cairn.transfer.swarm.Swarm;
import io.cairn.transfer.swarm.port.Topic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * For whom the shares of this node are: decides who gets a secret, hands it over in sessions, and draws another when somebody may no longer
 * have a share. What is stored takes effect in the swarm before anything of the share is served or published. Confined to the loop.
 */
public final class Audiences {
    /** Most nodes of which is remembered that they are members of a share no more; the one that went first is forgotten. */
    private static final int REMOVED_MAX = 1_000;

    private final Clock clock;
    private final RandomGenerator random;
    private final AddressBook people;
    private final MeantNodes meant;
    private final OfferBook offers;
    private final Swarm swarm;
    private final SharePublications publications;
    private final Map<Key, ShareEntry> shares;
    private final SecretRenewals renewals;
    private final SecretHolders holders = new SecretHolders();
    private final CompletableFuture<Void> restored = new CompletableFuture<>();
    private CompletableFuture<?> last = CompletableFuture.completedFuture(true);

    /**
     * @param random a cryptographic generator
     * @param shares the shares by hash; a live view
     * @param asking asks other nodes
     */
    Audiences(
            Work work,
            Clock clock,
            RandomGenerator random,
            People people,
            Swarm swarm,
            SharePublications publications,
            Map<Key, ShareEntry> shares,
            SecretRenewals.Asking asking) {
        this.clock = clock;
        this.random = random;
        this.people = people.contacts();
        this.meant = new MeantNodes(this.people);
        this.offers = people.offers();
        this.swarm = swarm;
        this.publications = publications;
        this.shares = shares;
        this.renewals = new SecretRenewals(clock, asking, this);
        work.run(() -> {
            swarm.talks()
                    .answer(Topic.SECRET, (asker, body) -> asked(asker.peer().node(), body));
            swarm.talks()
                    .answer(
                            Topic.RENEWAL,
                            (asker, body) -> CompletableFuture.completedFuture(
                                    renewals.heard(asker.peer().node())));
        });
        this.people.watch(this::peopleChanged);
    }

    /**
     * Once the offers of earlier runs hold in the swarm, without those that left. Fails if offers or contacts cannot be read, or what follows
     * cannot be stored: then nothing may be served.
     */
    CompletableFuture<Void> restore() {
        return CompletableFuture.allOf(offers.restored(), people.read())
                .thenCompose(read -> {
                    offers.all().forEach(this::holds);
                    return withoutThoseGone(); // a run may have ended between a change of contacts and that of shares
                })
                .thenAccept(done -> holders.all().forEach(renewals::tellLater)) // it may not have told them
                .whenComplete((held, failure) -> {
                    if (failure == null) {
                        restored.complete(null);
                    } else {
                        restored.completeExceptionally(failure);
                    }
                });
    }

    /** Keeps the secrets that other nodes drew up to date, and others up to date on those that this node draws. */
    public SecretRenewals renewals() {
        return renewals;
    }

    /** Completes once everything that follows from the changes so far is stored and holds. */
    public CompletableFuture<?> settled() {
        return last.handle((done, failure) -> true);
    }

    /** The nodes that decide for whom shares here are, with these shares. */
    Map<NodeId, List<Key>> owners() {
        Map<NodeId, List<Key>> owners = new LinkedHashMap<>();
        for (StoredOffer row : offers.all()) {
            if (row.owner() != null && row.origin() != Origin.TRIED) {
                owners.computeIfAbsent(row.owner(), owner -> new ArrayList<>()).add(row.hash());
            }
        }
        return owners;
    }

    /** For whom a share is, as its user named them. */
    public Offer of(Key hash) {
        return offers.find(hash)
                .map(offer -> new Offer(
                        offer.listed(),
                        offer.secret() == null
                                ? null
                                : offer.members().stream().map(meant::shownAs).toList(),
                        offer.origin() == Origin.DENIED))
                .orElse(Offer.OPEN);
    }

    /** The nodes that get the secret of a share from this one; none if it is open, or another node decides. */
    public Set<NodeId> members(Key hash) {
        return holders.members(hash);
    }

    /** The secret of a share; null if it is open. */
    public @Nullable ShareSecret secret(Key hash) {
        return swarm.secret(hash).orElse(null);
    }

    /**
     * A path is being shared: settles for whom, before it is served. A share that is for some is not opened by this, and a new version of
     * what lies at the path is for those the former one is for; if that was fetched from others, it is for holders of its link.
     *
     * @param offer null to leave it as it is
     */
    CompletableFuture<Key> shared(StoredShare share, @Nullable Offer offer) {
        Key hash = share.hash();
        return inTurn(() -> {
            StoredOffer before = offers.find(hash)
                    .filter(row -> shares.containsKey(hash) || row.isOwn()) // else told for a fetch that is over
                    .orElse(null);
            StoredOffer model = before == null ? ofEarlier(share.path()) : before;
            boolean isListed = offer == null ? model != null && model.listed() : offer.listed();
            if (offer != null && offer.isRestricted()) {
                return set(hash, isListed, meant.checked(offer));
            }
            if (before != null && !before.isOwn()) {
                return ofAnother(hash, isListed, before.origin(), before.secret(), before.owner());
            }
            return set(hash, isListed, model == null || model.secret() == null ? null : model.members());
        });
    }

    private @Nullable StoredOffer ofEarlier(Path path) {
        return shares.values().stream()
                .filter(entry -> entry.share().path().equals(path))
                .flatMap(entry -> offers.find(entry.share().hash()).stream())
                .findFirst()
                .orElse(null);
    }

    /**
     * Changes for whom a share is. One whose secret another node drew is that node's until its user here opens it or names somebody: then this
     * node draws another.
     */
    CompletableFuture<Key> change(Key hash, Offer offer) {
        return inTurn(() -> {
            List<String> to = offer.isRestricted() ? meant.checked(offer) : null;
            StoredOffer before = offers.find(hash).orElse(null);
            return before != null && !before.isOwn() && before.secret() != null && to != null && to.isEmpty()
                    ? ofAnother(hash, offer.listed(), before.origin(), before.secret(), before.owner())
                    : set(hash, offer.listed(), to);
        });
    }

    /** A link, or a node that is believed, told the secret of a share that this node fetches; see {@link #tried}. */
    public CompletableFuture<Key> told(Key hash, ShareSecret secret, @Nullable NodeId owner) {
        return told(hash, Origin.TOLD, secret, owner);
    }

    /**
     * A stranger told the secret of a share that this node fetches. It is in the place of no other secret than one of a stranger, and decides
     * nothing more before a peer has proven it.
     */
    public CompletableFuture<Key> tried(Key hash, ShareSecret secret, NodeId stranger) {
        return told(hash, Origin.TRIED, secret, stranger);
    }

    /**
     * What this node shares by itself is as its user says.
     *
     * @param owner the node that told it over its session, and so decides who gets it; null if it is of a link
     */
    private CompletableFuture<Key> told(Key hash, Origin origin, ShareSecret secret, @Nullable NodeId owner) {
        return inTurn(() -> {
            StoredOffer before = offers.find(hash).orElse(null);
            boolean isKept = before == null
                    ? shares.containsKey(hash)
                    : before.isOwn() || origin == Origin.TRIED && before.origin() != Origin.TRIED;
            boolean isListed = before != null && before.listed();
            boolean isKnown =
                    before != null && before.origin() == Origin.TOLD && Objects.equals(before.secret(), secret);
            NodeId whose = owner == null && before != null && isKnown ? before.owner() : owner;
            return isKept ? CompletableFuture.completedFuture(hash) : ofAnother(hash, isListed, origin, secret, whose);
        });
    }

    /** Whether a stranger told the secret of a share, and no peer has proven it yet. */
    public boolean isTried(Key hash) {
        return offers.find(hash).filter(row -> row.origin() == Origin.TRIED).isPresent();
    }

    /** A peer has proven the secret of a share, so that it is none that somebody made up. */
    public CompletableFuture<Key> proven(Key hash) {
        return inTurn(() -> offers.find(hash)
                .filter(row -> row.origin() == Origin.TRIED)
                .map(row -> ofAnother(hash, row.listed(), Origin.TOLD, row.secret(), row.owner()))
                .orElseGet(() -> CompletableFuture.completedFuture(hash)));
    }

    /** What is stored of a share; empty if it is open and nothing was said of it. */
    public Optional<StoredOffer> row(Key hash) {
        return offers.find(hash);
    }

    /**
     * A secret that was told for a fetch is of no use: what was known before holds again, but not what a stranger told.
     *
     * @param before what was known before; null if nothing was
     */
    public CompletableFuture<Key> useless(Key hash, ShareSecret secret, @Nullable StoredOffer before) {
        return inTurn(() -> {
            StoredOffer now = offers.find(hash).orElse(null);
            if (now == null || now.isOwn() || !secret.equals(now.secret())) {
                return CompletableFuture.completedFuture(hash);
            }
            if (before != null && before.origin() != Origin.TRIED) {
                return ofAnother(hash, now.listed(), before.origin(), before.secret(), before.owner());
            }
            return shares.containsKey(hash) ? CompletableFuture.completedFuture(hash) : removed(hash);
        });
    }

    /** The owner of a share gives this node its secret, which may be another by now. */
    CompletableFuture<Key> renewed(Key hash, NodeId owner, ShareSecret secret) {
        return ifOf(owner, hash, row -> ofAnother(hash, row.listed(), Origin.TOLD, secret, owner));
    }

    /**
     * The owner of a share gives this node no secret any more. Its copy is then served to nobody: it gets a secret that nobody has been given. It
     * stays known whose it is, so that the owner can change its mind.
     */
    CompletableFuture<Key> denied(Key hash, NodeId owner) {
        return ifOf(
                owner,
                hash,
                row -> row.origin() == Origin.DENIED
                        ? CompletableFuture.completedFuture(hash)
                        : ofAnother(hash, row.listed(), Origin.DENIED, ShareSecret.random(random), owner));
    }

    /** The owner of a share has opened it, and may close it again. */
    CompletableFuture<Key> opened(Key hash, NodeId owner) {
        return ifOf(owner, hash, row -> ofAnother(hash, row.listed(), Origin.TOLD, null, owner));
    }

    /** Changes a share whose secret this very node told. */
    private CompletableFuture<Key> ifOf(NodeId owner, Key hash, Function<StoredOffer, CompletableFuture<Key>> change) {
        return inTurn(() -> offers.find(hash)
                .filter(row -> !row.isOwn() && row.origin() != Origin.TRIED)
                .filter(row -> Objects.equals(row.owner(), owner))
                .map(change)
                .orElseGet(() -> CompletableFuture.completedFuture(hash)));
    }

    /** Completes once the offers of earlier runs hold. */
    CompletableFuture<Void> restored() {
        return restored.copy();
    }

    /** A fetch of a share that is not shared here has ended: forgets a secret that was told for it. */
    public CompletableFuture<Key> forgetTold(Key hash) {
        return inTurn(() -> offers.find(hash)
                        .filter(row -> !row.isOwn() && !shares.containsKey(hash))
                        .isPresent()
                ? removed(hash)
                : CompletableFuture.completedFuture(hash));
    }

    /** A share is no more: forgets for whom it was. */
    CompletableFuture<Key> forget(Key hash) {
        return inTurn(() -> removed(hash));
    }

    /** @param to null for anyone who knows the hash */
    private CompletableFuture<Key> set(Key hash, boolean isListed, @Nullable List<String> to) {
        StoredOffer before = offers.find(hash).filter(StoredOffer::isOwn).orElse(null);
        if (to == null) {
            return put(own(hash, isListed, null, List.of(), List.of()));
        }
        Set<NodeId> nodes = meant.nodes(to);
        Set<NodeId> gone = new LinkedHashSet<>(before == null ? List.of() : before.removed());
        gone.addAll(members(hash));
        gone.removeAll(nodes);
        ShareSecret known = before == null ? null : before.secret();
        boolean isKept = known != null && nodes.containsAll(members(hash));
        ShareSecret secret = isKept ? known : ShareSecret.random(random);
        List<NodeId> latest =
                gone.stream().skip(Math.max(0, gone.size() - REMOVED_MAX)).toList();
        return put(own(hash, isListed, secret, to, latest));
    }

    private StoredOffer own(
            Key hash, boolean isListed, @Nullable ShareSecret secret, List<String> to, List<NodeId> gone) {
        long sinceMillis = listedMillis(hash, isListed);
        Set<NodeId> named = meant.named(meant.nodes(to));
        return new StoredOffer(hash, isListed, sinceMillis, Origin.OWN, secret, to, gone, named, null);
    }

    /** @param secret null while the owner has the share open */
    private CompletableFuture<Key> ofAnother(
            Key hash, boolean isListed, Origin origin, @Nullable ShareSecret secret, @Nullable NodeId owner) {
        long sinceMillis = listedMillis(hash, isListed);
        return put(new StoredOffer(hash, isListed, sinceMillis, origin, secret, List.of(), List.of(), Set.of(), owner));
    }

    private long listedMillis(Key hash, boolean isListed) {
        return isListed
                ? offers.find(hash)
                        .filter(StoredOffer::listed)
                        .map(StoredOffer::listedMillis)
                        .orElseGet(clock::wallMillis)
                : 0;
    }

    private CompletableFuture<Key> put(StoredOffer row) {
        Key hash = row.hash();
        if (offers.find(hash).filter(row::equals).isPresent()) {
            holds(row);
            return CompletableFuture.completedFuture(hash);
        }
        Set<NodeId> former = members(hash);
        ShareSecret before = secret(hash);
        boolean isPlain = row.secret() == null && row.owner() == null && !row.listed();
        CompletableFuture<Key> stored = isPlain
                ? removed(hash)
                : offers.put(row).thenApply(done -> {
                    holds(row);
                    return hash;
                });
        return stored.thenApply(done -> {
            tell(hash, before, former);
            if (row.owner() != null && row.origin() != Origin.TRIED) {
                renewals.told(row.owner());
            }
            return hash;
        });
    }

    /** Tells the members of a share, and those that were just now, that they should ask again. */
    private void tell(Key hash, @Nullable ShareSecret before, Set<NodeId> former) {
        ShareSecret now = secret(hash);
        Set<NodeId> members = members(hash);
        if (now == null) {
            former.forEach(renewals::tell);
        } else if (before == null) {
            renewals.tellLater(members); // they may have had it from an earlier time
        } else {
            Set<NodeId> told = new LinkedHashSet<>(former);
            told.addAll(members);
            told.removeIf(node -> now.equals(before) && former.contains(node));
            told.forEach(renewals::tell);
        }
    }

    private CompletableFuture<Key> removed(Key hash) {
        return offers.find(hash).isEmpty()
                ? CompletableFuture.completedFuture(hash)
                : offers.remove(hash).thenApply(removed -> {
                    opens(hash);
                    return hash;
                });
    }

    /** Puts into effect what is stored. */
    private void holds(StoredOffer row) {
        ShareSecret secret = row.secret();
        if (secret == null) {
            opens(row.hash());
            return;
        }
        holders.are(row);
        swarm.restrict(row.hash(), secret);
        publications.move(row.hash());
    }

    private void opens(Key hash) {
        holders.forget(hash);
        swarm.open(hash);
        publications.move(hash);
    }

    /**
     * A node that lost its name, or left a group, loses the shares that were for it. A group that is no more is forgotten, so that another
     * of its name gets nothing.
     */
    private void peopleChanged() {
        Work.watch(inTurn(this::withoutThoseGone), "changing for whom shares are");
    }

    private CompletableFuture<Boolean> withoutThoseGone() {
        CompletableFuture<Boolean> all = CompletableFuture.completedFuture(true);
        for (StoredOffer row : offers.all()) {
            if (row.isOwn() && row.secret() != null) {
                List<String> left = meant.left(row);
                Set<NodeId> nodes = meant.nodes(left);
                if (left.size() < row.members().size()
                        || !nodes.equals(members(row.hash()))
                        || !meant.named(nodes).equals(row.named())) {
                    all = all.thenCompose(before -> set(row.hash(), row.listed(), left))
                            .thenApply(changed -> true);
                }
            }
        }
        return all;
    }

    /**
     * The secret for a member. Only who was one is told that it is no more; anybody else gets the same as for an unknown share, by the same
     * steps.
     */
    CompletionStage<byte @Nullable []> asked(@Nullable NodeId asker, byte[] body) {
        return restored.thenApply(known -> body.length != Key.LENGTH_BYTES || asker == null
                ? SecretHolders.CANNOT_SAY
                : answer(asker, Key.of(body)));
    }

    private byte @Nullable [] answer(NodeId asker, Key hash) {
        return holders.answer(asker, hash, shares.containsKey(hash), secret(hash));
    }

    /** One change at a time: each decides by what the one before has stored. */
    private <T> CompletableFuture<T> inTurn(Change<T> change) {
        CompletableFuture<T> done = last.handle((before, failure) -> true)
                .thenCompose(before -> restored)
                .thenCompose(known -> {
                    try {
                        return change.begin();
                    } catch (CairnException refused) {
                        return CompletableFuture.failedFuture(refused);
                    }
                });
        last = done;
        return done;
    }

    private interface Change<T> {
        CompletableFuture<T> begin() throws CairnException;
    }
}
