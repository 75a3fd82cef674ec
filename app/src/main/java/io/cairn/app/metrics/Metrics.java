package io.cairn.app.metrics;

import io.cairn.app.Codes.CodeStatistics;
import io.cairn.app.Node;
import io.cairn.app.Node.NodeInfo;
import io.cairn.app.Node.NodeStatistics;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The answer to a scrape. */
public final class Metrics {
    /** The content type of the answer. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private Metrics() {}

    /** All metrics of a node and of this process in Prometheus' text format. Waits for the node's loop, a millisecond or so. */
    public static byte[] scrape(Node node) {
        return text(
                node.info(),
                node.statistics(),
                node.services().announced().size(),
                node.follows().watched().size(),
                node.contacts().all().size(),
                node.codes().statistics());
    }

    static byte[] text(
            NodeInfo info,
            NodeStatistics statistics,
            int servicesAnnounced,
            int foldersWatched,
            int contacts,
            CodeStatistics codes) {
        MetricSnapshots.Builder metrics = MetricSnapshots.builder();
        new NodeMetrics(info, statistics).addTo(new Families(metrics));
        new Families(metrics)
                .gauge("cairn_services_announced", "Services that this node announces.", servicesAnnounced)
                .gauge("cairn_folders_watched", "Folders that are shared again when they change.", foldersWatched)
                .gauge("cairn_contacts", "Nodes that were given names.", contacts)
                .gauge("cairn_codes_open", "Codes that are good now.", codes.open())
                .counter("cairn_codes_made", "Codes that were made.", codes.made())
                .counter("cairn_codes_used", "Times that a receiver knew a code.", codes.used())
                .counter("cairn_codes_wrong_tries", "Times that one did not.", codes.wrongTries())
                .counter("cairn_codes_met", "Codes of others that this node used.", codes.met())
                .counter("cairn_gifts_received", "What contacts have sent here.", codes.gifts());
        new ProcessMetrics().addTo(new Families(metrics));
        ByteArrayOutputStream text = new ByteArrayOutputStream(32 * 1024);
        try {
            PrometheusTextFormatWriter.create().write(text, metrics.build());
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return text.toByteArray();
    }
}
