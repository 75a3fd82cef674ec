package io.cairn.dht.service;

import io.cairn.dht.Dht;
import io.cairn.dht.FoundRecord;
import io.cairn.dht.SearchReport;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.service.ServiceKeys.Shard;
import io.cairn.dht.wire.MalformedException;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.Service;
import io.cairn.dht.wire.ServiceList;
import io.cairn.dht.wire.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the services that have all of some capabilities. It reads the root shard of each capability, then the shards below the one with the
 * fewest announcers; what lies there has all the capabilities or is left out. Children are looked up as soon as a few holders have shown
 * that somebody is in their parent.
 */
public final class Discovery {
    /** Look-ups in flight. */
    private static final int LOOKUPS_AT_ONCE = 16;

    /** Services that one search remembers: a bound against publishers that somebody makes up. */
    private static final int SERVICES_MAX = 100_000;

    /** Look-ups of one search: a bound against holders that claim announcers who do not exist. */
    private static final int LOOKUPS_MAX = 4_096;

    private final Dht dht;
    private final Clock clock;
    private final List<String> wanted;
    private final int max;
    private final Listener listener;
    private final long startMillis;
    private final Map<NodeId, Map<String, FoundService>> found = new LinkedHashMap<>();
    private final Set<Dht.Search> running = new LinkedHashSet<>();
    private final Deque<Visit> waiting = new ArrayDeque<>();
    private final Deque<Visit> waitingPages = new ArrayDeque<>();
    private final Map<String, Integer> rootCrowds = new HashMap<>();
    private final Set<PageOf> pages = new HashSet<>();
    private int services;
    private int lookups;
    private int asked;
    private int answered;
    private boolean isCut;
    private boolean hasEnded;

    Discovery(Dht dht, Clock clock, List<String> capabilities, int max, Listener listener) {
        this.dht = dht;
        this.clock = clock;
        this.wanted = capabilities.stream().map(Service::normalised).distinct().toList();
        this.max = max;
        this.listener = listener;
        this.startMillis = clock.monotonicMillis();
        if (wanted.isEmpty() || max < 1) {
            throw new IllegalArgumentException("a search names a capability and wants a service");
        }
    }

    /** Receives what a search finds, on the loop. */
    public interface Listener {
        /** A service, or a later record of one that was found. */
        void found(FoundService service);

        /** The search has ended; called once, and not after {@link Discovery#cancel}. */
        void ended(DiscoveryReport report);
    }

    /** Stops asking; the listener is not called again. */
    public void cancel() {
        hasEnded = true;
        List.copyOf(running).forEach(Dht.Search::cancel);
    }

    void start() {
        wanted.forEach(capability -> waiting.add(new ShardVisit(capability, Shard.ROOT)));
        proceed();
    }

    private void proceed() {
        while (!hasEnded && running.size() < LOOKUPS_AT_ONCE && !(waiting.isEmpty() && waitingPages.isEmpty())) {
            if (lookups >= LOOKUPS_MAX) {
                isCut = true;
                waiting.clear();
                waitingPages.clear();
            } else {
                lookups++;
                (waiting.isEmpty() ? waitingPages : waiting).remove().start();
            }
        }
        if (!hasEnded && running.isEmpty()) {
            end();
        }
    }

    private void end() {
        hasEnded = true;
        List.copyOf(running).forEach(search -> {
            count(search.report());
            search.cancel();
        });
        listener.ended(
                new DiscoveryReport(services, lookups, asked, answered, !isCut, clock.monotonicMillis() - startMillis));
    }

    private void count(SearchReport report) {
        asked += report.asked().size();
        answered += report.answered();
    }

    private void take(String capability, FoundRecord record) {
        Statement statement = record.record().statement();
        ServiceList list;
        try {
            list = ServiceList.decode(statement.value());
        } catch (MalformedException impossible) {
            return; // the search checks the format before it reports
        }
        NodeId publisher = statement.publisher().nodeId();
        for (Service service : list.services()) {
            if (service.capabilities().containsAll(wanted)) {
                take(new FoundService(
                        service, publisher, statement.sequence(), statement.expiryMillis(), record.heardAt()));
            }
        }
        if (list.pages() > 1) {
            readPage(new PageOf(capability, publisher, 1), list.pages());
        }
    }

    /** Shards come before pages, and a page before the next: a publisher that claims pages which do not exist costs one look-up. */
    private void readPage(PageOf page, int pageCount) {
        if (page.number() < pageCount && pages.add(page)) {
            waitingPages.add(new PageVisit(page, pageCount));
        }
    }

    private void take(FoundService service) {
        Map<String, FoundService> ofPublisher = found.computeIfAbsent(service.publisher(), any -> new HashMap<>());
        FoundService before = ofPublisher.get(service.service().id());
        if (hasEnded || before != null && before.sequence() >= service.sequence()) {
            return;
        }
        ofPublisher.put(service.service().id(), service);
        services += before == null ? 1 : 0;
        if (before == null || !before.service().equals(service.service())) {
            listener.found(service);
        }
        if (services >= Math.min(max, SERVICES_MAX) && !hasEnded) {
            isCut = true;
            end();
        }
    }

    /** The capability whose shards are read below the root: the one with the fewest announcers. Null while a root is being read. */
    private @Nullable String narrowest() {
        if (wanted.size() == 1) {
            return wanted.get(0);
        }
        if (rootCrowds.size() < wanted.size()) {
            return null;
        }
        String best = wanted.get(0);
        for (String capability : wanted) {
            if (rootCrowds.getOrDefault(capability, 0) < rootCrowds.getOrDefault(best, 0)) {
                best = capability;
            }
        }
        return best;
    }

    private void descend(String capability, Shard shard) {
        if (shard.depth() < ServiceKeys.DEPTH_MAX) {
            waiting.add(new ShardVisit(capability, shard.child(0)));
            waiting.add(new ShardVisit(capability, shard.child(1)));
        }
    }

    private record PageOf(String capability, NodeId publisher, int number) {}

    /** One look-up. */
    private abstract class Visit implements Dht.RecordListener {
        final String capability;
        private Dht.@Nullable Search search;

        Visit(String capability) {
            this.capability = capability;
        }

        abstract Key key();

        abstract void read(SearchReport report);

        void start() {
            search = dht.search(RecordType.SERVICE, key(), this); // calls back later, as every search does
            running.add(search);
        }

        SearchReport report() {
            return Objects.requireNonNull(search, "started").report();
        }

        @Override
        public void found(FoundRecord record) {
            take(capability, record);
            proceed();
        }

        @Override
        public void ended(SearchReport report) {
            running.remove(search);
            count(report);
            read(report);
            proceed();
        }
    }

    private final class ShardVisit extends Visit {
        private final Shard shard;
        private final Key key;
        private boolean isBelowSought;

        ShardVisit(String capability, Shard shard) {
            super(capability);
            this.shard = shard;
            this.key = new ServiceKeys(capability).of(shard);
        }

        @Override
        Key key() {
            return key;
        }

        @Override
        public void found(FoundRecord record) {
            boolean isWholeTree = wanted.size() == 1 || shard.depth() > 0;
            if (isWholeTree && !isBelowSought && isShown(report())) {
                isBelowSought = true;
                descend(capability, shard);
            }
            super.found(record);
        }

        /** Holders may claim anything; some of what they claim must have been shown. */
        private boolean isShown(SearchReport report) {
            int least = ShardCrowd.leadingBelow(shard.depth());
            return ShardCrowd.already(report, least).isPresent() && report.providers() >= least;
        }

        @Override
        void read(SearchReport report) {
            int claimed = ShardCrowd.in(report);
            int held = Math.min(claimed, report.providers());
            isCut |= claimed > held || report.answered() == 0 && !report.asked().isEmpty();
            if (shard.depth() > 0 || wanted.size() == 1) {
                if (!isBelowSought && held >= ShardCrowd.leadingBelow(shard.depth())) {
                    descend(capability, shard);
                }
                return;
            }
            rootCrowds.put(capability, held);
            String chosen = narrowest();
            if (chosen != null && rootCrowds.getOrDefault(chosen, 0) >= ShardCrowd.leadingBelow(0)) {
                descend(chosen, Shard.ROOT);
            }
        }
    }

    private final class PageVisit extends Visit {
        private final PageOf page;
        private final int pageCount;
        private final Key key;
        private boolean isThere;

        PageVisit(PageOf page, int pageCount) {
            super(page.capability());
            this.page = page;
            this.pageCount = pageCount;
            this.key = new ServiceKeys(page.capability()).ofPage(page.publisher(), page.number());
        }

        @Override
        Key key() {
            return key;
        }

        @Override
        public boolean wants(Statement statement) {
            return statement.publisher().nodeId().equals(page.publisher());
        }

        @Override
        public void found(FoundRecord record) {
            isThere = true;
            super.found(record);
        }

        @Override
        void read(SearchReport report) {
            if (isThere) {
                readPage(new PageOf(page.capability(), page.publisher(), page.number() + 1), pageCount);
            }
        }
    }
}
