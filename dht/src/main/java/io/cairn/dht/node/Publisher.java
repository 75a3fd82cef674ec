package io.cairn.dht.node;

import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.Coverage;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.kad.RecordStore;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.kad.SweepSchedule;
import io.cairn.dht.wire.ProviderAddresses;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.SignedRecord;
import io.cairn.dht.wire.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what this node serves published. A new content is published at once; from then on its keys go with those of all others, region by
 * region, each region every 22 hours (see {@link Republication}). What failed is tried again soon. While nobody answers at all nothing is
 * tried, and whatever is late begins with the first sign of life.
 */
final class Publisher implements Requests.Observer, Republication.Source {
    /** After the first sign of life others get so long to be heard too. */
    private static final long WAKE_MILLIS = 1_000;

    /**
     * For how many intervals of passing on a withdrawal is held: in the first two it reaches the holders that missed it. A node that is away
     * for longer may show the withdrawn record until that expires; others would pay for every withdrawal with two days of memory.
     */
    private static final int WITHDRAWAL_ROUNDS = 3;

    private final Local local;
    private final Lookups lookups;
    private final RoutingTable table;
    private final RecordStore records;
    private final StoreWindow window;
    private final BiPredicate<Contact, Key> surelyClosest;
    private final Republication republication;
    private final ServedRecords served;
    private final Map<Key, Entry> entries = new LinkedHashMap<>();
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private List<PublishedRegion> earlier = List.of();
    private PublishJournal journal = PublishJournal.none();
    private List<Endpoint> endpoints = List.of();
    private long lastSequence;
    private int running;
    private boolean isCutOff = true;
    private boolean isClosed;

    /**
     * @param surelyClosest whether a node is most probably one of the k closest to a key, as far as the size of the network is known
     */
    Publisher(
            Local local,
            Lookups lookups,
            RoutingTable table,
            RecordStore records,
            StoreWindow window,
            BiPredicate<Contact, Key> surelyClosest) {
        this.local = local;
        this.lookups = lookups;
        this.table = table;
        this.records = records;
        this.window = window;
        this.surelyClosest = surelyClosest;
        this.republication = new Republication(local, lookups, table, this);
        this.served = new ServedRecords(local, () -> statement(ProviderAddresses.encode(endpoints), nextSequence()));
    }

    /** In which this node names itself for a key that it serves, published already or not. */
    Optional<SignedRecord> ownRecord(Key key) {
        boolean isServed = !isClosed && entries.values().stream().anyMatch(entry -> entry.content.contains(key));
        return isServed ? Optional.of(served.of(key)) : Optional.empty();
    }

    void resume(List<PublishedRegion> regions, PublishJournal remembering) {
        earlier = List.copyOf(regions);
        journal = remembering;
    }

    CompletionStage<PublishReport> provide(Provision provision, Consumer<PublishReport> rootPlaced) {
        serveAt(provision.endpoints());
        Entry entry = new Entry(
                new ProvidedContent(provision.root(), provision.chunks()), provision.chunksAfterMillis(), rootPlaced);
        Entry former = entries.put(provision.root(), entry);
        if (former != null) {
            former.replacedBy(entry);
        }
        if (isClosed) {
            entry.stop();
            return entry.result;
        }
        long publishedMillis = provision.lastPublishedMillis();
        boolean wasPublished = former == null || former.isPublished;
        if (wasPublished && publishedMillis > 0 && publishedMillis <= local.wallMillis()) {
            entry.isPublished = true;
            holdHere(entry.content, publishedMillis);
            List<Integer> unused = republication.begin(publishedMillis); // where it was published then, nobody knows
            PublishReport report = new PublishReport(0, 0, entry.content.keys().size(), 0, 0, 0, 0, 0, publishedMillis);
            entry.tellRoot(report);
            entry.tellAll(report);
        } else {
            waiting.add(entry);
            proceed();
        }
        return entry.result;
    }

    /** Stops republishing, and tells the holders of every key that no other content of this node has. */
    void withdraw(Key root) {
        Entry entry = entries.remove(root);
        if (entry == null) {
            return;
        }
        entry.stop();
        List<Key> keys = new ArrayList<>(entry.content.keys());
        keys.removeIf(key -> entries.values().stream().anyMatch(other -> other.content.contains(key)));
        if (!keys.isEmpty() && !isClosed) {
            Tally tally = new Tally(() -> {});
            Stores stores = stores(tally, nextSequence(), new byte[0]);
            Coverage coverage = new Coverage(local.id(), local.limits().k());
            new Sweep(local, lookups, stores, coverage, keys, tally).start();
        }
    }

    void close() {
        isClosed = true;
        republication.close();
        entries.values().forEach(Entry::stop);
    }

    @Override
    public void answered(Contact contact, long nowMillis) {
        if (isCutOff && !isClosed && !entries.isEmpty()) {
            isCutOff = false;
            local.environment().scheduler().schedule(WAKE_MILLIS, this::wake);
        }
    }

    @Override
    public void unanswered(Contact contact) {}

    @Override
    public List<Key> keysBetween(Key lowest, Key highest) {
        List<Key> keys = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (entry.isPublished) {
                keys.addAll(entry.content.between(lowest, highest));
            }
        }
        return ProvidedContent.distinct(keys.toArray(new Key[0]));
    }

    @Override
    public Stores stores(Tally tally, long sequence) {
        return stores(tally, sequence, ProviderAddresses.encode(endpoints));
    }

    @Override
    public long nextSequence() {
        lastSequence = Math.max(lastSequence + 1, local.wallMillis());
        return lastSequence;
    }

    @Override
    public void published(SweepSchedule.Region region, long sequence) {
        journal.regionsPublished(IntStream.range(region.first(), region.first() + region.count())
                .mapToObj(cell -> new PublishedRegion(cell, sequence, endpoints))
                .toList());
    }

    @Override
    public void cutOff() {
        isCutOff = true;
        republication.pause();
    }

    private Stores stores(Tally tally, long sequence, byte[] value) {
        return new Stores(local, records, window, statement(value, sequence), tally);
    }

    private Statement statement(byte[] value, long sequence) {
        KademliaLimits.Records limits = local.limits().records();
        long lifeMillis = value.length == 0
                ? Math.min(limits.lifetimeMillis(), WITHDRAWAL_ROUNDS * limits.republishMillis())
                : limits.lifetimeMillis();
        return new Statement(RecordType.PROVIDER, local.identity().publicKey(), value, sequence, sequence + lifeMillis);
    }

    /** The latest endpoints count for all contents, since keys of several share a statement. */
    void serveAt(List<Endpoint> latest) {
        if (latest.isEmpty()) {
            throw new IllegalArgumentException("a provider has an endpoint");
        }
        boolean isFirst = endpoints.isEmpty();
        boolean isOther = !endpoints.equals(latest);
        endpoints = List.copyOf(latest);
        if (isOther) {
            served.clear();
            window.addressesChanged();
        }
        if (isFirst && !earlier.isEmpty()) {
            republication.resume(earlier, latest);
            earlier = List.of();
        } else if (!isFirst && isOther) {
            republication.repeatAll();
        }
    }

    /** So that a later run knows with which endpoints, and publishes anew if it has others. */
    private void remember(List<Integer> cells, Attempt published) {
        if (!cells.isEmpty()) {
            journal.regionsPublished(cells.stream()
                    .map(cell -> new PublishedRegion(cell, published.sequence, published.endpoints))
                    .toList());
        }
    }

    private void wake() {
        if (!isClosed) {
            republication.wake();
            entries.values().forEach(Entry::retryNow);
        }
    }

    private void proceed() {
        while (!waiting.isEmpty() && running < local.limits().publishing().lanes()) {
            waiting.remove().publish();
        }
    }

    /** In a small network this node held its own records before it was restarted; it makes the same again, batch for batch. */
    private void holdHere(ProvidedContent content, long sequence) {
        int contacts = table.size();
        if (contacts == 0 || contacts >= local.limits().k()) {
            return;
        }
        Stores stores = stores(new Tally(() -> {}), sequence);
        Coverage.Holders here = new Coverage.Holders(List.of(), true);
        stores.store(List.of(content.root()), key -> here, () -> {});
        stores.store(content.chunks(), key -> here, () -> {});
    }

    /** One content that is kept published. */
    private final class Entry {
        private final ProvidedContent content;
        private final List<Consumer<PublishReport>> rootPlaced = new ArrayList<>();
        private final CompletableFuture<PublishReport> result = new CompletableFuture<>();
        private final int chunksAfterMillis;
        private List<Key> chunksLeft;
        private boolean areChunksDue;
        private long notBeforeMillis;
        private int failures;
        private @Nullable Timer timer;
        private @Nullable Publication publication;
        private boolean isPublished;
        private boolean isStopped;

        Entry(ProvidedContent content, int chunksAfterMillis, Consumer<PublishReport> rootPlaced) {
            this.content = content;
            this.chunksAfterMillis = chunksAfterMillis;
            this.rootPlaced.add(rootPlaced);
            this.areChunksDue = chunksAfterMillis == 0;
            this.chunksLeft = areChunksDue ? content.chunks() : List.of();
        }

        void publish() {
            if (isStopped) {
                return;
            }
            running++;
            long startMillis = local.monotonicMillis();
            long sequence = nextSequence();
            Attempt attempt = new Attempt(this, sequence, startMillis);
            publication = attempt.publication;
            attempt.publication.start();
        }

        void ended(Attempt attempt) {
            publication = null;
            running--;
            boolean isComplete = attempt.tally.failed().isEmpty() && attempt.endpoints.equals(endpoints);
            if (isComplete && !areChunksDue && !isStopped) {
                areChunksDue = true;
                chunksLeft = content.chunks();
                notBeforeMillis = local.monotonicMillis() + chunksAfterMillis;
                retryAfter(chunksAfterMillis);
                proceed();
                return;
            }
            if (isComplete && !isStopped) {
                isPublished = true;
                chunksLeft = List.of();
                journal.contentPublished(content.root(), attempt.sequence);
                remember(republication.begin(attempt.sequence), attempt);
            } else {
                retryLater(attempt);
            }
            tellAll(attempt.report(isComplete ? attempt.sequence : 0));
            proceed();
        }

        private void retryLater(Attempt attempt) {
            if (areChunksDue) {
                chunksLeft = attempt.endpoints.equals(endpoints) ? attempt.failedChunks() : content.chunks();
            }
            if (isStopped || isClosed) {
                return;
            }
            if (attempt.tally.hasHeardOthers()) {
                long pauseMillis =
                        SweepSchedule.backOffMillis(failures++, local.limits().publishing());
                retryAfter(pauseMillis);
            } else {
                cutOff();
            }
        }

        private void retryAfter(long pauseMillis) {
            if (!isStopped && !isClosed) {
                timer = local.environment().scheduler().schedule(pauseMillis, this::retryNow);
            }
        }

        /** Publishes what is left, if something is, it is due, and nothing is under way. */
        void retryNow() {
            boolean isDue = local.monotonicMillis() >= notBeforeMillis;
            if (isDue && !isPublished && !isStopped && publication == null && !waiting.contains(this)) {
                if (timer != null) {
                    timer.cancel();
                }
                waiting.add(this);
                proceed();
            }
        }

        /** Withdrawn, or the node is closed: those who wait hear what was stored. What is under way tells it when it ends. */
        void stop() {
            isStopped = true;
            if (timer != null) {
                timer.cancel();
            }
            if (publication != null) {
                publication.cancel();
            } else {
                waiting.remove(this);
                tellAll(nothingStored());
            }
        }

        /** A later call for the same root does what this one was to do: those who wait hear of that one. */
        void replacedBy(Entry later) {
            if (publication == null) {
                later.rootPlaced.addAll(rootPlaced);
                rootPlaced.clear();
                CompletableFuture<PublishReport> unused = later.result.thenApply(report -> {
                    tellAll(report);
                    return report;
                });
                isStopped = true;
                waiting.remove(this);
                if (timer != null) {
                    timer.cancel();
                }
            } else {
                stop();
            }
        }

        /** Each that waits for the root hears once. */
        void tellRoot(PublishReport report) {
            List<Consumer<PublishReport>> told = List.copyOf(rootPlaced);
            rootPlaced.clear();
            told.forEach(one -> one.accept(report));
        }

        void tellAll(PublishReport report) {
            tellRoot(report);
            result.complete(report);
        }

        private PublishReport nothingStored() {
            return new PublishReport(0, 0, content.keys().size(), 0, 0, 0, 0, 0, 0);
        }
    }

    /** One attempt to publish a content. */
    private final class Attempt implements Publication.Progress {
        private final Entry entry;
        private final long sequence;
        private final long startMillis;
        private final List<Endpoint> endpoints = Publisher.this.endpoints;
        private final Tally tally;
        private final Publication publication;

        Attempt(Entry entry, long sequence, long startMillis) {
            this.entry = entry;
            this.sequence = sequence;
            this.startMillis = startMillis;
            this.tally = new Tally(() -> entry.ended(this));
            this.publication = new Publication(
                    local, lookups, stores(tally, sequence), tally, entry.content.root(), entry.chunksLeft, this);
        }

        @Override
        public boolean isSurelyClosest(Contact contact) {
            return surelyClosest.test(contact, entry.content.root());
        }

        @Override
        public void rootPlaced() {
            entry.tellRoot(report(0));
        }

        List<Key> failedChunks() {
            List<Key> failed = new ArrayList<>(tally.failed());
            failed.remove(entry.content.root());
            return ProvidedContent.distinct(failed.toArray(new Key[0]));
        }

        PublishReport report(long publishedAtMillis) {
            return new PublishReport(
                    publication.rootStoredOn(),
                    publication.rootTargets(),
                    entry.content.keys().size(),
                    tally.keysStored(),
                    tally.holders(),
                    tally.lookups(),
                    tally.datagrams(),
                    local.monotonicMillis() - startMillis,
                    publishedAtMillis);
        }
    }
}
