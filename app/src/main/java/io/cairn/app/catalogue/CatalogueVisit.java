package io.cairn.app.catalogue;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.MalformedException;
import io.cairn.transfer.protocol.catalogue.CatalogueCodec;
import io.cairn.transfer.protocol.catalogue.CatalogueDifference;
import io.cairn.transfer.protocol.catalogue.CatalogueLimits;
import io.cairn.transfer.protocol.catalogue.CatalogueState;
import io.cairn.transfer.protocol.catalogue.ListedShare;
import io.cairn.transfer.swarm.talk.Talks;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the catalogue of one node, page after page. One that sends nothing for some seconds is silent; one that sends more than a catalogue
 * can hold, does not get on, or sends what is no page, is cut off. On the loop.
 */
final class CatalogueVisit {
    /** Until a node that sends nothing is silent. */
    static final long SILENT_MILLIS = 4_000;

    /** Until a node is cut off, whatever it sends. */
    static final long VISIT_MILLIS_MAX = 20_000;

    /** Most pages of one visit: the largest catalogue has a quarter of them. */
    static final int PAGES_MAX = 256;

    /** Most changes of one visit: a whole catalogue, and as many removals. */
    static final int CHANGES_MAX = 2 * CatalogueLimits.ENTRIES_MAX;

    private static final Logger LOG = LoggerFactory.getLogger(CatalogueVisit.class);

    private final Scheduler scheduler;
    private final Clock clock;
    private final NodeId node;
    private final KnownCatalogue known;
    private final Asking asking;
    private final Consumer<List<ListedShare>> heard;
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final Set<Key> told = new HashSet<>();
    private final long begunMillis;
    private List<Endpoint> endpoints = List.of();
    private int pages;
    private int changes;
    private long quietSinceMillis;

    /** Asks a node for a page. */
    @FunctionalInterface
    interface Asking {
        CompletableFuture<Talks.Answered> ask(NodeId node, List<Endpoint> endpoints, byte[] request);
    }

    /** How a visit ended. */
    enum End {
        /** The whole catalogue is known. */
        READ,
        /** It was cut off: it sends too much, or what is no catalogue. */
        CUT_OFF,
        /** There was no answer, or no more of them. */
        SILENT
    }

    /** @param heard hears entries as they arrive, each once */
    CatalogueVisit(
            Scheduler scheduler,
            Clock clock,
            NodeId node,
            KnownCatalogue known,
            Asking asking,
            Consumer<List<ListedShare>> heard) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.node = node;
        this.known = known;
        this.asking = asking;
        this.heard = heard;
        this.begunMillis = clock.monotonicMillis();
    }

    /** Begins. Once. */
    CompletableFuture<End> start(CompletableFuture<List<Endpoint>> where) {
        quietSinceMillis = begunMillis;
        watch();
        CompletableFuture<Void> unused = where.thenAccept(found -> {
            endpoints = found;
            ask();
        });
        return end;
    }

    /** Ends at once. */
    void stop() {
        end.complete(End.SILENT);
    }

    private void watch() {
        long silent = quietSinceMillis + SILENT_MILLIS - clock.monotonicMillis();
        if (silent <= 0) {
            end.complete(End.SILENT);
        } else if (!end.isDone()) {
            scheduler.schedule(silent, this::watch);
        }
    }

    private void ask() {
        if (!end.isDone()) {
            CompletableFuture<Void> unused = asking.ask(node, endpoints, CatalogueCodec.encode(known.state()))
                    .handle((answer, failure) -> {
                        if (answer == null) {
                            end.complete(End.SILENT);
                        } else if (!end.isDone()) {
                            answered(answer);
                        }
                        return null;
                    });
        }
    }

    private void answered(Talks.Answered answer) {
        known.reachedAt(answer.at());
        quietSinceMillis = clock.monotonicMillis();
        CatalogueState before = known.state();
        try {
            CatalogueDifference page = CatalogueCodec.decodePage(answer.body());
            check(page, before);
            List<ListedShare> entries = known.apply(page);
            tell(entries);
            if (entries.size() < page.entries().size()) {
                end.complete(End.CUT_OFF);
            } else if (page.more()) {
                ask();
            } else {
                tell(List.copyOf(known.entries()));
                end.complete(End.READ);
            }
        } catch (MalformedException wrong) {
            LOG.debug("the catalogue of {} is cut off: {}", node, wrong.getMessage());
            end.complete(End.CUT_OFF);
        }
    }

    private void check(CatalogueDifference page, CatalogueState before) throws MalformedException {
        pages++;
        changes += page.entries().size() + page.removed().size();
        boolean goesOn = page.anew()
                ? pages == 1 || before.epoch() != page.state().epoch()
                : page.state().isBeyond(before);
        boolean isOver = !page.anew() && page.state().equals(before) && !page.more();
        if (!goesOn && !isOver) {
            throw new MalformedException("it does not get on");
        }
        if (pages > PAGES_MAX || changes > CHANGES_MAX || clock.monotonicMillis() - begunMillis > VISIT_MILLIS_MAX) {
            throw new MalformedException(pages + " pages with " + changes + " changes");
        }
    }

    private void tell(List<ListedShare> entries) {
        List<ListedShare> fresh =
                entries.stream().filter(entry -> told.add(entry.hash())).toList();
        if (!fresh.isEmpty()) {
            heard.accept(fresh);
        }
    }
}
