package io.cairn.app.metrics;

import io.cairn.app.FetchState;
import io.cairn.app.Node.NodeInfo;
import io.cairn.app.Node.NodeStatistics;
import io.cairn.dht.DhtStatistics;
import io.cairn.dht.RecordStatistics;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code stats} shows, as metrics. Names follow Prometheus' conventions: the program first, base units, {@code _total} for counters.
 */
record NodeMetrics(NodeInfo info, NodeStatistics statistics) {
    private static final double MILLIS_PER_SECOND = 1_000;

    void addTo(Families families) {
        families.info(
                        "cairn_build",
                        "The program's version, and the node and network it runs.",
                        Labels.of("version", info.version(), "node", info.node().toString(), "network", info.network()))
                .gauge(
                        "cairn_uptime_seconds",
                        "Time since the node started.",
                        statistics.uptimeMillis() / MILLIS_PER_SECOND);
        addRequests(families, statistics.dht());
        addTable(families, statistics.dht());
        addRecords(families, statistics.records());
        addTransfer(families);
        addCatalogue(families);
    }

    private static void addRequests(Families families, DhtStatistics dht) {
        families.counter("cairn_dht_lookups", "Look-ups started.", dht.lookups())
                .histogram(
                        "cairn_dht_lookup_duration_seconds",
                        "Look-ups that ended.",
                        dht.times().lookups())
                .counter("cairn_dht_requests_sent", "Requests sent, repetitions not counted.", dht.requestsSent())
                .counter("cairn_dht_requests_answered", "Requests sent that were answered.", dht.requestsAnswered())
                .counter("cairn_dht_requests_received", "Requests received and answered.", dht.requestsReceived())
                .histogram(
                        "cairn_dht_round_trip_duration_seconds",
                        "Answers, from the attempt that they most likely belong to.",
                        dht.times().roundTrips())
                .counter(
                        "cairn_dht_stores",
                        "STORE requests answered.",
                        dht.times().stores().total())
                .histogram(
                        "cairn_dht_store_duration_seconds",
                        "STORE requests, from the first attempt to the answer.",
                        dht.times().stores())
                .counter("cairn_dht_datagrams_sent", "Datagrams sent.", dht.datagramsSent())
                .counter("cairn_dht_datagrams_received", "Datagrams received.", dht.datagramsReceived())
                .counters("cairn_dht_datagrams_dropped", "Datagrams dropped.", "reason", new TreeMap<>(dht.dropped()));
    }

    private static void addTable(Families families, DhtStatistics dht) {
        families.gauge("cairn_dht_contacts", "Contacts in the routing table.", dht.contacts())
                .counter("cairn_dht_contacts_seen", "Times that a node entered the routing table.", dht.nodesSeen())
                .gauge("cairn_dht_network_nodes", "Estimated nodes of the network; 0 if unknown.", dht.networkSize());
    }

    private static void addRecords(Families families, RecordStatistics records) {
        families.gauge("cairn_dht_records", "Records held for the network, copies included.", records.held())
                .gauge("cairn_dht_record_copies", "Records held that are copies of searchers.", records.copies())
                .counter("cairn_dht_records_evicted", "Records evicted for nearer ones.", records.displaced())
                .counter(
                        "cairn_dht_records_rejected",
                        "Records refused because a quota was nearly full.",
                        records.refusedEarly())
                .gauge("cairn_dht_record_batches_unsaved", "Changes not yet on disk.", records.unsaved())
                .counter("cairn_dht_record_save_failures", "Failed attempts to save records.", records.saveFailures());
    }

    private void addTransfer(Families families) {
        Map<String, Integer> fetches = new TreeMap<>();
        for (FetchState state : FetchState.values()) {
            fetches.put(state.text(), statistics.fetches().getOrDefault(state, 0));
        }
        Map<String, Long> chunks = new TreeMap<>();
        chunks.put("good", statistics.chunks().good());
        chunks.put("bad", statistics.chunks().bad());
        families.gauge("cairn_transfer_sessions", "Open sessions with peers.", statistics.sessions())
                .counter("cairn_transfer_received_bytes", "Bytes received in sessions.", statistics.receivedBytes())
                .counter("cairn_transfer_sent_bytes", "Bytes sent in sessions.", statistics.sentBytes())
                .counters("cairn_transfer_chunks", "Chunks received and checked.", "result", chunks)
                .histogram(
                        "cairn_transfer_chunk_delivery_duration_seconds",
                        "Chunks, from the request to the last byte.",
                        statistics.chunks().deliveries())
                .gauges("cairn_fetches", "Fetches of this run in each state.", "state", fetches);
    }

    private void addCatalogue(Families families) {
        families.gauge(
                        "cairn_catalogue_listed",
                        "Shares that this node lists.",
                        statistics.catalogue().listed())
                .counter(
                        "cairn_catalogue_questions",
                        "Questions of other nodes for its catalogue.",
                        statistics.catalogue().questions())
                .counter(
                        "cairn_catalogue_questions_refused",
                        "Questions without an answer, since they were malformed or too many.",
                        statistics.catalogue().refused())
                .gauge(
                        "cairn_catalogue_known",
                        "Entries of other nodes that are kept.",
                        statistics.catalogue().known());
    }
}
