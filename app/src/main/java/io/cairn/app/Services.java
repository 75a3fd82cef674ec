package io.cairn.app;

import io.cairn.dht.id.NodeId;
import io.cairn.dht.service.DiscoveryReport;
import io.cairn.dht.service.FoundService;
import io.cairn.dht.wire.Service;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Services, announced and found by what they can do. Thread-safe. Futures fail with a {@link CairnException}.
 */
public interface Services {
    /** How long a service stays findable after its announcer has died, unless the announcer says otherwise: ten minutes. */
    int TTL_SECONDS = 600;

    /** Shortest life of an announcement without renewal. */
    int TTL_SECONDS_MIN = 10;

    /** Longest life of an announcement without renewal: the longest that holders allow, two days. */
    int TTL_SECONDS_MAX = 172_800;

    /**
     * Announces a service until it is withdrawn or the node closes. One with the same id replaces it. Completes once each capability has
     * been published. Fails with kind USAGE if it does not fit a record of 512 bytes.
     */
    CompletableFuture<Announced> announce(Announcement announcement);

    /** What this node announces, in the order it was announced. */
    List<Announced> announced();

    /** Stops announcing and withdraws the records as far as their holders can be reached. Fails with kind USAGE if nothing has this id. */
    CompletableFuture<Announced> withdraw(String id);

    /**
     * Finds services that have all capabilities of a query. The events are the services found; each is {@link Event.Found}.
     * Completes when all are found or enough. Fails with kind NO_PROVIDER if there is none. Cancelling the future ends the search.
     */
    Operation<Event, DiscoveryReport> discover(ServiceQuery query);

    /**
     * As {@link #discover}, and goes on: the events also tell which services are {@link Event.Gone}. A node heard on the local network
     * is asked every few seconds; any other service is gone when its announcement ends. Completes only by cancelling or when the node closes.
     */
    Operation<Event, DiscoveryReport> watch(ServiceQuery query);

    /**
     * A service to announce.
     *
     * @param ttlSeconds how long it stays findable after its announcer has died, {@link #TTL_SECONDS_MIN} to {@link #TTL_SECONDS_MAX}
     * @param kept whether later runs on the data directory announce it again
     */
    record Announcement(Service service, int ttlSeconds, boolean kept) {
        public Announcement {
            if (ttlSeconds < TTL_SECONDS_MIN || ttlSeconds > TTL_SECONDS_MAX) {
                throw new IllegalArgumentException("an announcement lives " + TTL_SECONDS_MIN + " to " + TTL_SECONDS_MAX
                        + " seconds, not " + ttlSeconds);
            }
        }
    }

    /**
     * A service of this node.
     *
     * @param publisher this node
     * @param storedOn nodes that held it when it was last announced here, for the capability that fewest hold; 0 if none has yet
     * @param targets nodes that were to hold it
     */
    record Announced(NodeId publisher, Service service, int ttlSeconds, boolean kept, int storedOn, int targets) {}

    /**
     * What to look for.
     *
     * @param capabilities all of which a service must have; at least one, compared in Unicode form NFKC and lower case
     * @param max services after which the search ends; at least 1
     */
    record ServiceQuery(List<String> capabilities, int max) {
        public ServiceQuery {
            capabilities =
                    capabilities.stream().map(Service::normalised).distinct().toList();
            if (capabilities.isEmpty() || capabilities.size() > Service.CAPABILITIES_MAX || max < 1) {
                throw new IllegalArgumentException("a query names 1 to " + Service.CAPABILITIES_MAX + " capabilities");
            }
        }

        /** All services with these capabilities. */
        public static ServiceQuery all(List<String> capabilities) {
            return new ServiceQuery(capabilities, Integer.MAX_VALUE);
        }
    }

    /** What a search for services tells. */
    sealed interface Event {
        /** A service, or one of which another description is known. */
        record Found(FoundService found) implements Event {}

        /** A service that was found and is no longer there. */
        record Gone(NodeId publisher, String id, End end) implements Event {}
    }

    /** How a service went. Text and JSON output have the name in lower case. */
    enum End {
        /** Two searches in a row no longer found it, and its announcement has not ended: its announcer withdrew it, as far as can be seen. */
        WITHDRAWN,
        /** Its announcer was not heard for the life of the announcement. */
        EXPIRED,
        /** The node of its announcer, on the local network, no longer answers. */
        SILENT;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
