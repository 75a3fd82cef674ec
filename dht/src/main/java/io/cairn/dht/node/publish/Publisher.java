package io.cairn.dht.node.publish;

import io.cairn.dht.Announcement;
import io.cairn.dht.PublishJournal;
import io.cairn.dht.PublishReport;
import io.cairn.dht.PublishedRegion;
import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.Coverage;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.kad.SweepSchedule;
import io.cairn.dht.node.lookup.Lookups;
import io.cairn.dht.node.publish.ServedRecords.Subject;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.node.request.Requests;
import io.cairn.dht.wire.ProviderAddresses;
import io.cairn.dht.wire.RecordPolicy;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.SignedRecord;
import io.cairn.dht.wire.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this node's records published. New announcements are published at once. Each is renewed after half of its life or, if its type is
 * renewed by region, its keys are published with all others of their region every 22 hours (see {@link Republication}). Failures are
 * retried with a back-off. While no node answers, nothing is tried; overdue work starts at the first sign of life.
 */
public final class Publisher implements Requests.Observer {
    /** Time after the first sign of life in which further nodes can be heard. */
    private static final long WAKE_MILLIS = 1_000;

    /** Publications of one record in flight: they do not wait for contents of thousands of keys. */
    private static final int SMALL_LANES = 16;

    /** Bits of the filter that separates foreign keys from own ones: 32 KiB, of which 30,000 keys set a ninth. */
    private static final int KEY_BITS = 1 << 18;

    private final Local local;
    private final Lookups lookups;
    private final RoutingTable table;
    private final OwnRecords own;
    private final Republication republication;
    private final ServedRecords served;
    private final Map<Subject, Entry> entries = new LinkedHashMap<>();
    private final BitSet keysSeen = new BitSet();
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final Deque<Entry> waitingSmall = new ArrayDeque<>();
    private List<PublishedRegion> earlier = List.of();
    private int running;
    private int runningSmall;
    private boolean isClosed;

    public Publisher(Local local, Lookups lookups, RoutingTable table, OwnRecords own) {
        this.local = local;
        this.lookups = lookups;
        this.table = table;
        this.own = own;
        this.republication = new Republication(local, lookups, table, own);
        this.served = new ServedRecords(local);
    }

    /** This node's own record of a key, published or not. Most keys are foreign and seldom cost more than one bit test. */
    public Optional<SignedRecord> ownRecord(RecordType type, Key key) {
        if (isClosed || !keysSeen.get(bit(key))) {
            return Optional.empty();
        }
        Subject subject = new Subject(type, key);
        return entries.values().stream()
                .filter(entry -> entry.says(type, key))
                .findFirst()
                .map(entry -> served.of(subject).orElseGet(() -> served.sign(subject, entry.statement())));
    }

    public void resume(List<PublishedRegion> regions, PublishJournal remembering) {
        earlier = List.copyOf(regions);
        own.remember(remembering);
    }

    public CompletionStage<PublishReport> publish(Announcement announcement, Consumer<PublishReport> rootPlaced) {
        Entry entry = new Entry(announcement, rootPlaced);
        if (entry.isByRegion && own.endpoints().isEmpty()) {
            throw new IllegalStateException("a provider has an endpoint");
        }
        Entry former = entries.put(new Subject(announcement.type(), announcement.root()), entry);
        entry.content.keys().forEach(key -> keysSeen.set(bit(key)));
        if (former != null) {
            own.remove(former.content);
            former.replacedBy(entry);
            if (!entry.isByRegion) {
                served.clear();
            }
        }
        if (isClosed) {
            entry.stop();
            return entry.result;
        }
        long publishedMillis = announcement.lastPublishedMillis();
        boolean wasPublished = former == null || former.isPublished;
        if (wasPublished && publishedMillis > 0 && publishedMillis <= local.wallMillis()) {
            entry.isPublished = true;
            own.add(entry.content);
            holdHere(entry.content, publishedMillis);
            List<Integer> unused = republication.begin(publishedMillis); // its endpoints then are unknown
            PublishReport report = new PublishReport(0, 0, entry.content.keys().size(), 0, 0, 0, 0, 0, publishedMillis);
            entry.tellRoot(report);
            entry.tellAll(report);
        } else {
            entry.line().add(entry);
            proceed();
        }
        return entry.result;
    }

    /** Stops publishing, and withdraws the record at the holders of every key that no other announcement covers. */
    public CompletionStage<Void> withdraw(RecordType type, Key root) {
        CompletableFuture<Void> withdrawn = new CompletableFuture<>();
        Entry entry = entries.remove(new Subject(type, root));
        if (entry == null) {
            withdrawn.complete(null);
            return withdrawn;
        }
        entry.stop();
        own.remove(entry.content);
        List<Key> keys = new ArrayList<>(entry.content.keys());
        keys.removeIf(key -> entries.values().stream().anyMatch(other -> other.says(type, key)));
        if (keys.isEmpty() || isClosed) {
            withdrawn.complete(null);
            return withdrawn;
        }
        Tally tally = new Tally(() -> withdrawn.complete(null));
        Stores stores = own.stores(own.withdrawal(type, entry.announcement.lifeMillis()), tally);
        Coverage coverage = new Coverage(local.id(), local.limits().k());
        new Sweep(local, lookups, stores, coverage, keys, tally).start();
        return withdrawn;
    }

    public void close() {
        isClosed = true;
        republication.close();
        entries.values().forEach(Entry::stop);
    }

    @Override
    public void answered(Contact contact, long nowMillis) {
        if (republication.isCutOff() && !isClosed && !entries.isEmpty()) {
            republication.heard();
            local.environment().scheduler().schedule(WAKE_MILLIS, this::wake);
        }
    }

    @Override
    public void unanswered(Contact contact) {}

    /** The latest endpoints apply to all contents, since keys of several contents share a statement. */
    public void serveAt(List<Endpoint> latest) {
        if (latest.isEmpty()) {
            throw new IllegalArgumentException("a provider has an endpoint");
        }
        boolean isFirst = own.endpoints().isEmpty();
        boolean isOther = !own.endpoints().equals(latest);
        if (isOther) {
            own.serveAt(latest);
            served.clear();
        }
        if (isFirst && !earlier.isEmpty()) {
            republication.resume(earlier, latest);
            earlier = List.of();
        } else if (!isFirst && isOther) {
            republication.repeatAll();
        }
    }

    private static int bit(Key key) {
        return Math.floorMod(key.hashCode(), KEY_BITS);
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
        while (!waitingSmall.isEmpty() && runningSmall < SMALL_LANES) {
            waitingSmall.remove().publish();
        }
    }

    /** In a small network this node held its own records before a restart; it recreates them batch for batch. */
    private void holdHere(ProvidedContent content, long sequence) {
        int contacts = table.size();
        if (contacts == 0 || contacts >= local.limits().k()) {
            return;
        }
        Stores stores = own.stores(own.provider(sequence), new Tally(() -> {}));
        Coverage.Holders here = new Coverage.Holders(List.of(), true);
        stores.store(List.of(content.root()), key -> here, () -> {});
        stores.store(content.chunks(), key -> here, () -> {});
    }

    /** One announcement kept published. */
    private final class Entry {
        private final Announcement announcement;
        private final ProvidedContent content;
        private final boolean isByRegion;
        private final List<Consumer<PublishReport>> rootPlaced = new ArrayList<>();
        private final CompletableFuture<PublishReport> result = new CompletableFuture<>();
        private List<Key> chunksLeft;
        private boolean areChunksDue;
        private long notBeforeMillis;
        private int failures;
        private @Nullable Timer timer;
        private @Nullable Publication publication;
        private boolean isPublished;
        private boolean isStopped;

        Entry(Announcement announcement, Consumer<PublishReport> rootPlaced) {
            this.announcement = announcement;
            this.content = new ProvidedContent(announcement.root(), announcement.others());
            this.isByRegion = RecordPolicy.of(announcement.type()).renewal() == RecordPolicy.Renewal.BY_REGION;
            this.rootPlaced.add(rootPlaced);
            this.areChunksDue = announcement.othersAfterMillis() == 0;
            this.chunksLeft = areChunksDue ? content.chunks() : List.of();
        }

        private boolean isSmall() {
            return content.keys().size() == 1;
        }

        /** Where it waits until it may be published. */
        Deque<Entry> line() {
            return isSmall() ? waitingSmall : waiting;
        }

        private void count(int change) {
            if (isSmall()) {
                runningSmall += change;
            } else {
                running += change;
            }
        }

        boolean says(RecordType type, Key key) {
            return type == announcement.type() && content.contains(key);
        }

        /** The current statement. */
        Statement statement() {
            return isByRegion ? own.provider() : own.statement(announcement);
        }

        void publish() {
            if (isStopped) {
                return;
            }
            count(1);
            Publication begun = new Publication(local, lookups, own, statement(), content.root(), chunksLeft);
            publication = begun;
            begun.rootPlaced()
                    .thenRun(() -> tellRoot(begun.report(content.keys().size(), 0)));
            begun.ended().thenRun(() -> ended(begun));
            begun.start();
        }

        private void ended(Publication attempt) {
            publication = null;
            count(-1);
            boolean isComplete = attempt.isComplete() && isTrue(attempt);
            if (isComplete && !areChunksDue && !isStopped) {
                areChunksDue = true;
                publishAfter(announcement.othersAfterMillis());
                proceed();
                return;
            }
            long sequence = attempt.statement().sequence();
            if (isComplete && !isStopped && !isByRegion) {
                failures = 0;
                Statement said = attempt.statement();
                publishAfter((said.expiryMillis() - local.wallMillis()) / 2);
            } else if (isComplete && !isStopped) {
                isPublished = true;
                chunksLeft = List.of();
                own.add(content);
                own.published(content.root(), republication.begin(sequence), sequence);
            } else {
                retryLater(attempt);
            }
            tellAll(attempt.report(content.keys().size(), isComplete ? sequence : 0));
            proceed();
        }

        /** Makes all of it due after a pause. */
        private void publishAfter(long pauseMillis) {
            chunksLeft = content.chunks();
            notBeforeMillis = local.monotonicMillis() + pauseMillis;
            retryAfter(pauseMillis);
        }

        /** Whether the published statement is still current. */
        private boolean isTrue(Publication attempt) {
            return !isByRegion || Arrays.equals(attempt.statement().value(), ProviderAddresses.encode(own.endpoints()));
        }

        private void retryLater(Publication attempt) {
            if (areChunksDue) {
                chunksLeft = isTrue(attempt) ? attempt.failedChunks() : content.chunks();
            }
            if (isStopped || isClosed) {
                return;
            }
            if (attempt.hasHeardOthers()) {
                long pauseMillis =
                        SweepSchedule.backOffMillis(failures++, local.limits().publishing());
                retryAfter(pauseMillis);
            } else {
                republication.cutOff();
            }
        }

        private void retryAfter(long pauseMillis) {
            if (!isStopped && !isClosed) {
                timer = local.environment().scheduler().schedule(pauseMillis, this::retryNow);
            }
        }

        /** Publishes what is left, if anything is due and nothing is under way. */
        void retryNow() {
            boolean isDue = local.monotonicMillis() >= notBeforeMillis;
            if (isDue && !isPublished && !isStopped && publication == null && !line().contains(this)) {
                if (timer != null) {
                    timer.cancel();
                }
                line().add(this);
                proceed();
            }
        }

        /** Withdrawn, or the node is closed: callers that wait get a report of what was stored. What is under way reports when it ends. */
        void stop() {
            isStopped = true;
            if (timer != null) {
                timer.cancel();
            }
            if (publication != null) {
                publication.cancel();
            } else {
                line().remove(this);
                tellAll(nothingStored());
            }
        }

        /** A later call for the same root takes over: callers that wait for this entry get the report of the later one. */
        void replacedBy(Entry later) {
            if (publication == null) {
                later.rootPlaced.addAll(rootPlaced);
                rootPlaced.clear();
                CompletableFuture<PublishReport> unused = later.result.thenApply(report -> {
                    tellAll(report);
                    return report;
                });
                isStopped = true;
                line().remove(this);
                if (timer != null) {
                    timer.cancel();
                }
            } else {
                stop();
            }
        }

        /** Reports once to each caller that waits for the root. */
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
}
