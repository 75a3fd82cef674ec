package io.cairn.dht.kad.record;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.wire.Message.Refusal;
import io.cairn.dht.wire.Message.Stored;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.RecordPolicy;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.SignedRecord;
import io.cairn.dht.wire.Statement;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The records a node holds for the network, by key, type and publisher. Batches are kept whole, so that they can be passed on under their
 * original signature; storing one costs one verification, however many keys it has, and none if it is already held. About 140 bytes a
 * record, more in small batches. A record with an empty value withdraws: it is held, so that no older one returns, but not found.
 *
 * <p>The store also keeps copies that searchers leave on the path of a look-up (Kademlia, section 2.3). A copy lives an hour, halved for
 * every k nodes known to be closer to its key; on one of the k closest nodes it lives as long as the record. Copies are shown, but not
 * passed on. So a withdrawn record outlives its withdrawal by at most half an hour on a node that the withdrawal did not reach, and on one
 * of the k closest nodes that missed it until it is passed on there, within about an hour. A searcher leaves its copy at the closest node
 * that showed nothing, which by then holds the withdrawal, so copies do not create further copies.
 *
 * <p>When all room is taken, the record whose key is farthest from this node is displaced by one whose key is nearer: the farther a key,
 * the more nodes are closer to it than this one. Records that this node published itself are never displaced. An attacker can make up keys
 * next to this node's id, nearer than all others; the quotas bound that. A publisher or block of addresses displaces no record once it has
 * an eighth of its quota: with the default limits, a block of public addresses cannot displace more than a fortieth of all held records.
 * Private addresses are bounded only by the quota of the publisher.
 */
public final class RecordStore {
    /** Copies with a shorter life are not worth their room. */
    private static final long COPY_MILLIS_MIN = 60_000;

    /** The fraction of all memory beyond the limit that is reserved for later statements, so that a full store accepts withdrawals. */
    private static final int RESERVE_PART = 8;

    private final NodeId self;
    private final KademliaLimits limits;
    private final Quotas quotas;
    private final KeyPlaces places;
    private final RecordIndex index;
    private final Set<Held> batches = new LinkedHashSet<>();
    private final Agenda expiries = new Agenda(Held::untilMillis);
    private final Agenda silences = new Agenda(Held::plannedMillis);
    private final List<Observer> observers = new ArrayList<>(2);
    private int size;
    private long bytes;
    private int copies;
    private long displaced;

    /**
     * @param random decides which records are refused when a quota is nearly full, and which is evicted when a key's places are taken
     */
    public RecordStore(NodeId self, KademliaLimits limits, RandomGenerator random) {
        this.self = self;
        this.limits = limits;
        this.quotas = new Quotas(limits.records(), random);
        this.places = new KeyPlaces(limits.records().perKeyMax(), random);
        this.index = new RecordIndex(self);
    }

    /** Observes which records are held. */
    public interface Observer {
        /**
         * A batch is now held, of which nothing was held before.
         *
         * @param from the node that sent it
         */
        void kept(RecordBatch batch, Endpoint from);

        /** Nothing of a batch is held any more. */
        void dropped(RecordBatch batch);

        /** A copy is held; its end is not reported. */
        void copied();
    }

    public void observe(Observer observer) {
        observers.add(observer);
    }

    /**
     * Stores a batch as far as the quotas allow.
     *
     * @param from the sender, which need not be its publisher
     * @param wallMillis now, as everywhere in this class
     */
    public Stored store(RecordBatch batch, Contact from, long wallMillis) {
        Held held = held(batch);
        if (held != null) {
            return hold(held, batch, from, wallMillis);
        }
        if (!isRead(batch.statement())) {
            return new Stored(0, Refusal.TYPE);
        }
        return isCurrent(batch.statement(), wallMillis) && batch.isSignedByPublisher()
                ? hold(newHeld(batch, from, wallMillis), batch, from, wallMillis)
                : new Stored(0, Refusal.INVALID);
    }

    /** Stores a batch whose signature has been verified, like {@link #store}. */
    public Stored storeVerified(RecordBatch batch, Contact from, long wallMillis) {
        if (!isRead(batch.statement())) {
            return new Stored(0, Refusal.TYPE);
        }
        Held held = held(batch);
        if (held == null && !isCurrent(batch.statement(), wallMillis)) {
            return new Stored(0, Refusal.INVALID);
        }
        return hold(held == null ? newHeld(batch, from, wallMillis) : held, batch, from, wallMillis);
    }

    /**
     * Stores copies of single records that a searcher found elsewhere, up to the first that is invalid or of a type not kept here.
     *
     * @param nodesCloser the number of known nodes that are closer to a key than this one
     */
    public Stored keepCopies(
            List<SignedRecord> records, Contact from, ToIntFunction<Key> nodesCloser, long wallMillis) {
        int accepted = 0;
        Refusal refusal = Refusal.NONE;
        for (SignedRecord copy : records) {
            Refusal why = keep(copy, from, nodesCloser.applyAsInt(copy.key()), wallMillis);
            accepted += why == Refusal.NONE ? 1 : 0;
            refusal = refusal == Refusal.NONE ? why : refusal;
            if (why == Refusal.INVALID || why == Refusal.TYPE) {
                break;
            }
        }
        return new Stored(accepted, refusal);
    }

    /**
     * The records that may be shown: not expired, not withdrawn.
     *
     * @param max the most records to return; if there are more, a random selection in which those of one address do not crowd out the
     *     others
     */
    public List<SignedRecord> find(Key key, RecordType type, int max, long wallMillis, RandomGenerator random) {
        List<Held> found = new ArrayList<>();
        for (Held held : index.under(key)) {
            if (isVisible(held, type, wallMillis)) {
                found.add(held);
            }
        }
        return places.spread(found, max, random).stream()
                .map(held -> held.record(key))
                .toList();
    }

    /**
     * The records that may be shown of the publishers whose ids follow one, in the order of their ids.
     *
     * @param max the most records to return
     */
    public List<SignedRecord> findAfter(Key key, RecordType type, NodeId after, int max, long wallMillis) {
        return index.under(key).stream()
                .filter(held -> isVisible(held, type, wallMillis))
                .filter(held -> publisher(held).compareTo(after) > 0)
                .sorted(Comparator.comparing(RecordStore::publisher))
                .limit(max)
                .map(held -> held.record(key))
                .toList();
    }

    /** The origin of a record that {@link #find} has shown; empty if it is no longer held. */
    public Optional<InetAddress> originOf(SignedRecord shown) {
        Statement statement = shown.statement();
        for (Held held : index.under(shown.key())) {
            if (held.statement().type() == statement.type()
                    && held.statement().publisher().equals(statement.publisher())) {
                return Optional.of(held.origin().address());
            }
        }
        return Optional.empty();
    }

    /** The number of records that {@link #find} could show. */
    public int count(Key key, RecordType type, long wallMillis) {
        int count = 0;
        for (Held held : index.under(key)) {
            count += isVisible(held, type, wallMillis) ? 1 : 0;
        }
        return count;
    }

    /** Forgets expired records. Costs nothing if there are none. */
    public void expire(long wallMillis) {
        for (Held held = expiries.takeUntil(wallMillis); held != null; held = expiries.takeUntil(wallMillis)) {
            for (Key key : held.keys()) {
                drop(key, held);
            }
        }
    }

    /**
     * The batches that no node has sent for an hour or slightly longer: the time differs per holder and batch, so that the first holder to
     * pass a batch on spares the others. The returned batches count as heard from now on.
     *
     * @param max the most batches to return; the rest stays due
     */
    public List<RecordBatch> takeDueForRepublish(int max, long wallMillis) {
        List<RecordBatch> due = new ArrayList<>();
        while (due.size() < max) {
            Held held = silences.takeUntil(wallMillis);
            if (held == null) {
                break;
            }
            RecordBatch batch = Objects.requireNonNull(held.batch(), "copies are not republished");
            if (silentUntilMillis(held, batch) <= wallMillis && held.untilMillis() > wallMillis) {
                held.heard(wallMillis);
                due.add(batch);
            }
            plan(held, batch);
        }
        return due;
    }

    /** When {@link #expire} or {@link #takeDueForRepublish} next has work; {@link Long#MAX_VALUE} for never. */
    public long nextDueMillis() {
        return Math.min(expiries.nextMillis(), silences.nextMillis());
    }

    /** Every batch of which a record is still held, in the order of arrival. */
    public List<RecordBatch> batches() {
        return batchesOf(batches);
    }

    /**
     * The batches with a key that shares at least {@code bits} leading bits with the id of this node, nearest first. The cost is
     * proportional to the result.
     *
     * @param bits 0 to 160
     */
    public List<RecordBatch> batchesSharing(int bits) {
        return batchesOf(index.sharing(bits));
    }

    /** The number of records held, copies included. */
    public int size() {
        return size;
    }

    /** Their estimated memory. */
    public long bytes() {
        return bytes;
    }

    /** The number of copies among them. */
    public int copies() {
        return copies;
    }

    /** The number of records displaced by nearer ones. */
    public long displaced() {
        return displaced;
    }

    /** The number of records refused because a quota was nearly full. */
    public long refusedEarly() {
        return quotas.refusedEarly();
    }

    private Held newHeld(RecordBatch batch, Contact from, long wallMillis) {
        NodeId publisher = batch.statement().publisher().nodeId();
        return Held.of(batch, Origin.of(from, publisher), publisher.equals(self), wallMillis);
    }

    private Stored hold(Held held, RecordBatch batch, Contact from, long wallMillis) {
        boolean isNew = held.live() == 0;
        held.heard(wallMillis);
        held.confirmed(Origin.of(from, batch.statement().publisher().nodeId()));
        Refusal refusal = Refusal.NONE;
        if (held.live() < batch.keys().size()) {
            for (Key key : batch.keys()) {
                Refusal why = put(key, held, wallMillis);
                refusal = why == Refusal.NONE ? refusal : why;
            }
        }
        if (isNew && held.live() > 0) {
            batches.add(held);
            expiries.add(held);
            plan(held, batch);
            observers.forEach(observer -> observer.kept(batch, from.endpoint()));
        }
        return new Stored(held.live(), refusal);
    }

    private Refusal keep(SignedRecord copy, Contact from, int nodesCloser, long wallMillis) {
        Statement statement = copy.statement();
        if (!isRead(statement)) {
            return Refusal.TYPE;
        }
        Held former = index.sameStatement(copy.key(), statement);
        if (former != null && former.untilMillis() > wallMillis) {
            Statement earlier = former.statement();
            if (!RecordPolicy.of(statement.type()).isLater(statement, earlier)) {
                return earlier.sequence() == statement.sequence() ? Refusal.NONE : Refusal.OUTDATED;
            }
        }
        long untilMillis = Math.min(statement.expiryMillis(), copyUntilMillis(nodesCloser, wallMillis));
        if (untilMillis < wallMillis + COPY_MILLIS_MIN) {
            return Refusal.FULL;
        }
        if (!isCurrent(statement, wallMillis) || !copy.isSignedByPublisher()) {
            return Refusal.INVALID;
        }
        Origin origin = Origin.of(from, statement.publisher().nodeId());
        Held held = Held.copyOf(copy, origin, untilMillis, wallMillis);
        Refusal why = put(copy.key(), held, wallMillis);
        if (why == Refusal.NONE) {
            expiries.add(held);
            observers.forEach(Observer::copied);
        }
        return why;
    }

    private long copyUntilMillis(int nodesCloser, long wallMillis) {
        int halvings = Math.min(nodesCloser / limits.k(), Long.SIZE - 1);
        return halvings == 0 ? Long.MAX_VALUE : wallMillis + (limits.records().republishMillis() >> halvings);
    }

    private Refusal put(Key key, Held held, long wallMillis) {
        Held former = index.sameStatement(key, held.statement());
        if (former == held) {
            return Refusal.NONE;
        }
        if (former != null) {
            if (!held.supersedes(former, wallMillis)) {
                return Refusal.OUTDATED;
            }
            if (!mayGrow(held, held.addingBytes() - former.removingBytes())) {
                return Refusal.FULL;
            }
            drop(key, former); // the new record replaces it, so no quota of records is checked
            held.inherits(former);
        } else if (!makeRoom(key, held)) {
            return Refusal.FULL;
        }
        index.add(key, held);
        quotas.added(held);
        bytes += held.addingBytes();
        held.add(1);
        size++;
        copies += held.batch() == null ? 1 : 0;
        return Refusal.NONE;
    }

    /** Makes room within the quotas, under the key and in the store, if necessary by displacing records; false if there is none. */
    private boolean makeRoom(Key key, Held held) {
        KeyPlaces.Decision place = places.decide(held, index.under(key));
        if (!place.isAdmitted() || !quotas.admit(held, key)) {
            return false;
        }
        List<RecordIndex.Entry> displacedByIt = displacedBy(key, held, place.leaver());
        if (displacedByIt == null) {
            return false;
        }
        if (place.leaver() != null) {
            drop(key, place.leaver());
        }
        for (RecordIndex.Entry farthest : displacedByIt) {
            drop(farthest.key(), farthest.held());
            displaced++;
        }
        return true;
    }

    /** The records to displace besides the one evicted under the key; null if no room can be made. */
    private @Nullable List<RecordIndex.Entry> displacedBy(Key key, Held held, @Nullable Held leaver) {
        KademliaLimits.Records most = limits.records();
        int recordsOver = size + 1 - (leaver == null ? 0 : 1) - most.totalMax();
        long bytesOver = bytes + held.addingBytes() - (leaver == null ? 0 : leaver.removingBytes()) - most.bytesMax();
        if (recordsOver <= 0 && bytesOver <= 0) {
            return List.of();
        }
        return held.isOwn() || quotas.mayDisplace(held) ? index.displacedBy(key, held, recordsOver, bytesOver) : null;
    }

    /** A later statement may be larger than its predecessor, but a publisher cannot grow that way beyond a reserve of an eighth. */
    private boolean mayGrow(Held held, long bytesMore) {
        long bytesMax = limits.records().bytesMax();
        return bytesMore <= 0
                || bytes + bytesMore <= bytesMax + bytesMax / RESERVE_PART && quotas.mayGrow(held, bytesMore);
    }

    private void drop(Key key, Held held) {
        if (!index.remove(key, held)) {
            return;
        }
        quotas.removed(held);
        bytes -= held.removingBytes();
        held.add(-1);
        size--;
        RecordBatch batch = held.batch();
        copies -= batch == null ? 1 : 0;
        if (batch != null && held.live() == 0 && batches.remove(held)) {
            observers.forEach(observer -> observer.dropped(batch));
        }
        expiries.forgotten(batches.size() + copies);
        silences.forgotten(batches.size());
    }

    private static NodeId publisher(Held held) {
        return held.statement().publisher().nodeId();
    }

    private static boolean isVisible(Held held, RecordType type, long wallMillis) {
        Statement statement = held.statement();
        return statement.type() == type && held.untilMillis() > wallMillis && !statement.isWithdrawal();
    }

    private boolean isRead(Statement statement) {
        return limits.records().types().contains(statement.type());
    }

    private boolean isCurrent(Statement statement, long wallMillis) {
        long latestMillis =
                wallMillis + limits.records().lifetimeMillis() + limits.guard().timeStampWindowMillis();
        return statement.expiryMillis() > wallMillis && statement.expiryMillis() <= latestMillis;
    }

    /** The same batch, if one of its records is held. */
    private @Nullable Held held(RecordBatch batch) {
        for (Key key : batch.keys()) {
            Held held = index.sameStatement(key, batch.statement());
            if (held != null && held.isSame(batch)) {
                return held;
            }
        }
        return null;
    }

    private static List<RecordBatch> batchesOf(Collection<Held> some) {
        List<RecordBatch> whole = new ArrayList<>(some.size());
        for (Held held : some) {
            RecordBatch batch = held.batch();
            if (batch != null) {
                whole.add(batch);
            }
        }
        return Collections.unmodifiableList(whole);
    }

    private void plan(Held held, RecordBatch batch) {
        held.plan(silentUntilMillis(held, batch));
        silences.add(held);
    }

    private long silentUntilMillis(Held held, RecordBatch batch) {
        return held.heardMillis() + limits.records().republishMillis() + spreadMillis(batch);
    }

    /** Zero to a sixth of the interval, fixed for this node and batch. */
    private long spreadMillis(RecordBatch batch) {
        int mixed = (batch.signature().hashCode() ^ self.hashCode()) * 0x9e37_79b9;
        return Math.floorMod(mixed, limits.records().republishMillis() / 6 + 1);
    }
}
