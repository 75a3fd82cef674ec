package io.cairn.app.share;

import io.cairn.app.CairnException;
import io.cairn.app.Contacts.Person;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * For whom the shares of this node are: decides who gets a secret, hands it over in sessions, and draws another when somebody may no longer
 * have a share. What is stored takes effect in the swarm before anything of the share is served or published. Confined to the loop.
 */
public final class Audiences {
    private static final Pattern NODE_ID = Pattern.compile("[0-9a-f]{40}");
    private static final byte @Nullable [] CANNOT_SAY = null;
    private static final byte[] NOT_FOR_YOU = {};
    private static final byte[] FOR_ANYONE = {1};

    private final Clock clock;
    private final RandomGenerator random;
    private final AddressBook people;
    private final OfferBook offers;
    private final Swarm swarm;
    private final SharePublications publications;
    private final Map<Key, ShareEntry> shares;
    private final SecretRenewals renewals;
    private final Map<Key, Set<NodeId>> members = new HashMap<>(); // who gets the secrets that this node drew
    private final CompletableFuture<Void> restored = new CompletableFuture<>();
    private Set<NodeId> named = Set.of();
    private boolean knowsShares;
    private CompletableFuture<?> last = CompletableFuture.completedFuture(true);

    /**
     * @param random a cryptographic generator
     * @param shares the shares by hash; a live view
     */
    Audiences(
            Work work,
            Clock clock,
            RandomGenerator random,
            People people,
            Swarm swarm,
            SharePublications publications,
            Map<Key, ShareEntry> shares) {
        this.clock = clock;
        this.random = random;
        this.people = people.contacts();
        this.offers = people.offers();
        this.swarm = swarm;
        this.publications = publications;
        this.shares = shares;
        this.renewals = new SecretRenewals(clock, swarm, people.finder(), this);
        work.run(() -> {
            swarm.talks()
                    .answer(
                            Topic.SECRET,
                            (asker, body) -> restored.thenApply(
                                    known -> answer(asker.peer().node(), body)));
            renewals.listen();
        });
        this.people.watch(this::peopleChanged);
    }

    /** Once the offers of earlier runs hold in the swarm. Fails if they or the contacts cannot be read: then nothing may be served. */
    CompletableFuture<Void> restore() {
        return CompletableFuture.allOf(offers.restored(), people.read())
                .thenRun(() -> {
                    offers.all().forEach(this::holds);
                    named = named();
                    peopleChanged(); // a run may have ended between a change of a group and that of its shares
                })
                .whenComplete((held, failure) -> {
                    if (failure == null) {
                        restored.complete(null);
                    } else {
                        restored.completeExceptionally(failure);
                    }
                });
    }

    /** All shares of earlier runs are known: from now on a share that is not among them is none of this node. */
    void sharesAreKnown() {
        knowsShares = true;
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
            if (row.owner() != null) {
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
                                : offer.members().stream().map(this::shownAs).toList()))
                .orElse(Offer.OPEN);
    }

    private String shownAs(String member) {
        return NODE_ID.matcher(member).matches()
                ? people.nameOf(NodeId.fromHex(member)).orElse(member)
                : member;
    }

    /** The nodes that get the secret of a share from this one; none if it is open, or another node decides. */
    public Set<NodeId> members(Key hash) {
        return members.getOrDefault(hash, Set.of());
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
                return set(hash, isListed, checked(offer));
            }
            if (before != null && !before.isOwn()) {
                return put(hash, isListed, before.origin(), before.secret(), List.of(), before.owner());
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
            List<String> to = offer.isRestricted() ? checked(offer) : null;
            StoredOffer before = offers.find(hash).orElse(null);
            return before != null && !before.isOwn() && to != null && to.isEmpty()
                    ? put(hash, offer.listed(), before.origin(), before.secret(), List.of(), before.owner())
                    : set(hash, offer.listed(), to);
        });
    }

    /**
     * Another node or a link told the secret of a share that this node fetches. What this node shares by itself is as its user says.
     *
     * @param owner the node that told it over its session, and so decides who gets it; null if it is of a link
     */
    public CompletableFuture<Key> told(Key hash, ShareSecret secret, @Nullable NodeId owner) {
        return inTurn(() -> {
            StoredOffer before = offers.find(hash).orElse(null);
            boolean isOwn = before == null ? shares.containsKey(hash) : before.isOwn();
            boolean isListed = before != null && before.listed();
            boolean isKnown =
                    before != null && before.origin() == Origin.TOLD && Objects.equals(before.secret(), secret);
            NodeId whose = owner == null && isKnown ? before.owner() : owner;
            return isOwn
                    ? CompletableFuture.completedFuture(hash)
                    : put(hash, isListed, Origin.TOLD, secret, List.of(), whose);
        });
    }

    /** The node that told the secret of a share, and decides who gets it; empty if none is known, or this node decides. */
    public Optional<NodeId> owner(Key hash) {
        return offers.find(hash).map(StoredOffer::owner);
    }

    /** The owner of a share gives this node its secret, which may be another by now. */
    CompletableFuture<Key> renewed(Key hash, NodeId owner, ShareSecret secret) {
        return ifOf(owner, hash, row -> put(hash, row.listed(), Origin.TOLD, secret, List.of(), owner));
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
                        : put(hash, row.listed(), Origin.DENIED, ShareSecret.random(random), List.of(), owner));
    }

    /** The owner of a share has opened it. */
    CompletableFuture<Key> opened(Key hash, NodeId owner) {
        return ifOf(owner, hash, row -> put(hash, row.listed(), Origin.OWN, null, List.of(), null));
    }

    /** Changes a share whose secret this very node told. */
    private CompletableFuture<Key> ifOf(NodeId owner, Key hash, Function<StoredOffer, CompletableFuture<Key>> change) {
        return inTurn(() -> offers.find(hash)
                .filter(row -> !row.isOwn() && owner.equals(row.owner()))
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

    private List<String> checked(Offer offer) throws CairnException {
        Set<String> checked = new LinkedHashSet<>();
        List<String> to = offer.to();
        for (String member : to == null ? List.<String>of() : to) {
            checked.add(
                    people.findGroup(member).isPresent()
                            ? member
                            : people.node(member).toHex());
        }
        return List.copyOf(checked);
    }

    /** @param to null for anyone who knows the hash */
    private CompletableFuture<Key> set(Key hash, boolean isListed, @Nullable List<String> to) {
        StoredOffer before = offers.find(hash).orElse(null);
        ShareSecret known = before == null || !before.isOwn() ? null : before.secret();
        if (to == null) {
            return put(hash, isListed, Origin.OWN, null, List.of(), null);
        }
        boolean isKept = known != null && nodes(to).containsAll(members(hash));
        return put(hash, isListed, Origin.OWN, isKept ? known : ShareSecret.random(random), to, null);
    }

    private CompletableFuture<Key> put(
            Key hash,
            boolean isListed,
            Origin origin,
            @Nullable ShareSecret secret,
            List<String> to,
            @Nullable NodeId owner) {
        long sinceMillis = offers.find(hash)
                .filter(StoredOffer::listed)
                .map(StoredOffer::listedMillis)
                .orElseGet(clock::wallMillis);
        StoredOffer row = new StoredOffer(hash, isListed, isListed ? sinceMillis : 0, origin, secret, to, owner);
        if (offers.find(hash).filter(row::equals).isPresent()) {
            holds(row);
            return CompletableFuture.completedFuture(hash);
        }
        if (secret == null && !isListed) {
            return removed(hash);
        }
        return offers.put(row).thenApply(stored -> {
            holds(stored);
            return hash;
        });
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
        Set<NodeId> former = members(row.hash());
        ShareSecret before = secret(row.hash());
        if (row.isOwn()) {
            members.put(row.hash(), nodes(row.members()));
        } else {
            members.remove(row.hash());
        }
        swarm.restrict(row.hash(), secret);
        publications.move(row.hash());
        if (!restored.isDone()) {
            renewals.tellLater(members(row.hash())); // a run may have ended before it had told them
        } else if (before != null && before.equals(secret)) {
            members(row.hash()).stream().filter(node -> !former.contains(node)).forEach(renewals::tell);
        } else if (before != null) {
            members(row.hash()).forEach(renewals::tell);
        }
    }

    private void opens(Key hash) {
        Set<NodeId> former = members(hash);
        members.remove(hash);
        swarm.open(hash);
        publications.move(hash);
        former.forEach(renewals::tell);
    }

    /** The nodes that are meant now. */
    private Set<NodeId> nodes(List<String> to) {
        Set<NodeId> nodes = new HashSet<>();
        to.forEach(member -> nodes.addAll(nodes(member)));
        return nodes;
    }

    /** A stored name is a group's, never a contact's, which is stored by its id: a group that is no more has no nodes. */
    private Set<NodeId> nodes(String member) {
        if (NODE_ID.matcher(member).matches()) {
            return Set.of(NodeId.fromHex(member));
        }
        Set<NodeId> nodes = new HashSet<>();
        people.findGroup(member)
                .ifPresent(group -> group.members()
                        .forEach(name -> people.find(name).ifPresent(person -> nodes.add(person.node()))));
        return nodes;
    }

    private boolean isMeant(String member) {
        return NODE_ID.matcher(member).matches() || people.findGroup(member).isPresent();
    }

    private Set<NodeId> named() {
        Set<NodeId> nodes = new HashSet<>();
        people.all().stream().map(Person::node).forEach(nodes::add);
        return nodes;
    }

    /**
     * A node that lost its name, or left a group, loses the shares that were for it. A group that is no more is forgotten, so that another
     * of its name gets nothing.
     */
    private void peopleChanged() {
        Set<NodeId> before = named;
        named = named();
        Set<String> gone = new HashSet<>();
        before.stream().filter(node -> !named.contains(node)).map(NodeId::toHex).forEach(gone::add);
        for (StoredOffer row : offers.all()) {
            if (row.isOwn() && row.secret() != null) {
                List<String> left = row.members().stream()
                        .filter(member -> !gone.contains(member) && isMeant(member))
                        .toList();
                if (left.size() < row.members().size() || !nodes(left).equals(members(row.hash()))) {
                    Work.watch(
                            inTurn(() -> set(row.hash(), row.listed(), left)),
                            "changing for whom " + row.hash() + " is");
                }
            }
        }
    }

    /**
     * The secret for a member; for anybody else the same as for an unknown share, by the same steps. While shares of earlier runs are being
     * read, an unknown one may be among them.
     */
    private byte @Nullable [] answer(@Nullable NodeId asker, byte[] body) {
        if (body.length != Key.LENGTH_BYTES || asker == null) {
            return CANNOT_SAY;
        }
        Key hash = Key.of(body);
        boolean isMember = members(hash).contains(asker);
        boolean isHere = shares.containsKey(hash);
        ShareSecret secret = swarm.secret(hash).orElse(null);
        byte[] known = isHere && secret == null ? FOR_ANYONE : NOT_FOR_YOU;
        byte[] others = knowsShares ? known : CANNOT_SAY;
        return isMember && secret != null ? secret.toBytes() : others;
    }

    /** One change at a time: each decides by what the one before has stored. */
    private CompletableFuture<Key> inTurn(Change change) {
        CompletableFuture<Key> done = last.handle((before, failure) -> true)
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

    private interface Change {
        CompletableFuture<Key> begin() throws CairnException;
    }
}
