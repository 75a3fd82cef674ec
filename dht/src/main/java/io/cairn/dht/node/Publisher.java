package io.cairn.dht.node;

import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.Coverage;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.kad.SweepSchedule;
import io.cairn.dht.wire.ProviderAddresses;
import io.cairn.dht.wire.SignedRecord;
import io.cairn.dht.wire.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
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
 * Keeps what this node serves published. A new content is published at once; from then on its keys go with those of all others, region by
 * region, each region every 22 hours (see {@link Republication}). What failed is tried again soon. While nobody answers at all nothing is
 * tried, and whatever is late begins with the first sign of life.
 */
final class Publisher implements Requests.Observer {
    /** After the first sign of life others get so long to be heard too. */
    private static final long WAKE_MILLIS = 1_000;

    private final Local local;
    private final Lookups lookups;
    private final RoutingTable table;
    private final OwnRecords own;
    private final Republication republication;
    private final ServedRecords served;
    private final Map<Key, Entry> entries = new LinkedHashMap<>();
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private List<PublishedRegion> earlier = List.of();
    private int running;
    private boolean isClosed;

    Publisher(Local local, Lookups lookups, RoutingTable table, OwnRecords own) {
        this.local = local;
        this.lookups = lookups;
        this.table = table;
        this.own = own;
        this.republication = new Republication(local, lookups, table, own);
        this.served = new ServedRecords(local, own);
    }

    /** In which this node names itself for a key that it serves, published already or not. */
    Optional<SignedRecord> ownRecord(Key key) {
        boolean isServed = !isClosed && entries.values().stream().anyMatch(entry -> entry.content.contains(key));
        return isServed ? Optional.of(served.of(key)) : Optional.empty();
    }

    void resume(List<PublishedRegion> regions, PublishJournal remembering) {
        earlier = List.copyOf(regions);
        own.remember(remembering);
    }

    CompletionStage<PublishReport> provide(Provision provision, Consumer<PublishReport> rootPlaced) {
        serveAt(provision.endpoints());
        Entry entry = new Entry(
                new ProvidedContent(provision.root(), provision.chunks()), provision.chunksAfterMillis(), rootPlaced);
        Entry former = entries.put(provision.root(), entry);
        if (former != null) {
            own.remove(former.content);
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
            own.add(entry.content);
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
        own.remove(entry.content);
        List<Key> keys = new ArrayList<>(entry.content.keys());
        keys.removeIf(key -> entries.values().stream().anyMatch(other -> other.content.contains(key)));
        if (!keys.isEmpty() && !isClosed) {
            Tally tally = new Tally(() -> {});
            Stores stores = own.stores(own.withdrawal(), tally);
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
        if (republication.isCutOff() && !isClosed && !entries.isEmpty()) {
            republication.heard();
            local.environment().scheduler().schedule(WAKE_MILLIS, this::wake);
        }
    }

    @Override
    public void unanswered(Contact contact) {}

    /** The latest endpoints count for all contents, since keys of several share a statement. */
    void serveAt(List<Endpoint> latest) {
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
        Stores stores = own.stores(own.provider(sequence), new Tally(() -> {}));
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
            Statement statement = own.provider(own.nextSequence());
            Publication begun = new Publication(local, lookups, own, statement, content.root(), chunksLeft);
            publication = begun;
            begun.rootPlaced()
                    .thenRun(() -> tellRoot(begun.report(content.keys().size(), 0)));
            begun.ended().thenRun(() -> ended(begun));
            begun.start();
        }

        private void ended(Publication attempt) {
            publication = null;
            running--;
            boolean isComplete = attempt.isComplete() && isTrue(attempt);
            if (isComplete && !areChunksDue && !isStopped) {
                areChunksDue = true;
                chunksLeft = content.chunks();
                notBeforeMillis = local.monotonicMillis() + chunksAfterMillis;
                retryAfter(chunksAfterMillis);
                proceed();
                return;
            }
            long sequence = attempt.statement().sequence();
            if (isComplete && !isStopped) {
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

        /** Whether what was said is still so. */
        private boolean isTrue(Publication attempt) {
            return Arrays.equals(attempt.statement().value(), ProviderAddresses.encode(own.endpoints()));
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
}
