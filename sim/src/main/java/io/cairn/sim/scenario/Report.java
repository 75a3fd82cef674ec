package io.cairn.sim.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * The result of a run. Everything except the {@link Cost} is the same for each run of one scenario with one seed.
 *
 * @param living nodes at the end
 * @param timeline the curves, one point for each sample
 * @param verdicts invariants first, then the scenario's expectations
 */
public record Report(
        Scenario scenario,
        int living,
        List<LookupFigures> lookups,
        List<SearchFigures> searches,
        List<PublicationFigures> publications,
        List<TableFigures> tables,
        List<Measured> measured,
        TrafficFigures traffic,
        List<Point> timeline,
        List<Verdict> verdicts,
        long traceHash,
        Cost cost) {
    public Report {
        lookups = List.copyOf(lookups);
        searches = List.copyOf(searches);
        publications = List.copyOf(publications);
        tables = List.copyOf(tables);
        measured = List.copyOf(measured);
        timeline = List.copyOf(timeline);
        verdicts = List.copyOf(verdicts);
    }

    /** Whether all invariants and expectations hold. */
    public boolean isGood() {
        return verdicts.stream().allMatch(Verdict::holds);
    }

    /** Every number except the cost, under the name that an {@link Expectation} refers to. */
    public List<Figure> figures() {
        return figures(lookups, searches, publications, tables, measured, traffic);
    }

    static List<Figure> figures(
            List<LookupFigures> lookups,
            List<SearchFigures> searches,
            List<PublicationFigures> publications,
            List<TableFigures> tables,
            List<Measured> measured,
            TrafficFigures traffic) {
        List<Figure> figures = new ArrayList<>();
        lookups.forEach(part -> figures.addAll(part.figures()));
        searches.forEach(part -> figures.addAll(part.figures()));
        publications.forEach(part -> figures.addAll(part.figures()));
        tables.forEach(part -> figures.addAll(part.figures()));
        measured.forEach(part -> figures.addAll(part.figures()));
        figures.addAll(traffic.figures());
        return List.copyOf(figures);
    }

    /**
     * The look-ups of one name.
     *
     * @param count the number that ended
     * @param success fraction that found the closest living node
     * @param complete fraction that found all of the k closest living nodes
     * @param recall mean fraction of the k closest living nodes that was found
     * @param hopsMean referrals until the closest was learnt
     * @param requestsMean nodes asked
     * @param unansweredMean how many of these stayed silent
     * @param latencyMedian milliseconds from the call to the end
     */
    public record LookupFigures(
            String name,
            int count,
            double success,
            double complete,
            double recall,
            double hopsMean,
            double hopsMedian,
            double hopsP95,
            double requestsMean,
            double requestsP95,
            double unansweredMean,
            double latencyMedian,
            double latencyP95,
            double latencyMax) {
        List<Figure> figures() {
            return List.of(
                    new Figure(name + ".count", count),
                    new Figure(name + ".success", success),
                    new Figure(name + ".complete", complete),
                    new Figure(name + ".recall", recall),
                    new Figure(name + ".hops-mean", hopsMean),
                    new Figure(name + ".hops-p50", hopsMedian),
                    new Figure(name + ".hops-p95", hopsP95),
                    new Figure(name + ".requests-mean", requestsMean),
                    new Figure(name + ".requests-p95", requestsP95),
                    new Figure(name + ".unanswered-mean", unansweredMean),
                    new Figure(name + ".latency-p50", latencyMedian),
                    new Figure(name + ".latency-p95", latencyP95),
                    new Figure(name + ".latency-max", latencyMax));
        }
    }

    /**
     * The searches for published keys of one name.
     *
     * @param count the number that ended
     * @param success fraction that found the publisher
     * @param latencyMedian milliseconds until the publisher was found
     */
    public record SearchFigures(
            String name, int count, double success, double latencyMedian, double latencyP95, double latencyMax) {
        List<Figure> figures() {
            return List.of(
                    new Figure(name + ".count", count),
                    new Figure(name + ".success", success),
                    new Figure(name + ".latency-p50", latencyMedian),
                    new Figure(name + ".latency-p95", latencyP95),
                    new Figure(name + ".latency-max", latencyMax));
        }
    }

    /**
     * The publications of one name.
     *
     * @param publishers the number that are done
     * @param keys announced by all of them
     * @param stored fraction of the keys that at least one node holds
     * @param placed fraction of the places, k for each key, whose node held the key when its publisher was done
     * @param lookupsPerNode look-ups for one publisher, divided by the number of living nodes
     * @param datagramsPerKey datagrams sent, look-ups and retries included
     * @param millisMean from the call to the last answer
     */
    public record PublicationFigures(
            String name,
            int publishers,
            long keys,
            double stored,
            double placed,
            double lookupsMean,
            double lookupsPerNode,
            double datagramsPerKey,
            double millisMean,
            double millisMax) {
        List<Figure> figures() {
            return List.of(
                    new Figure(name + ".publishers", publishers),
                    new Figure(name + ".keys", keys),
                    new Figure(name + ".stored", stored),
                    new Figure(name + ".placed", placed),
                    new Figure(name + ".lookups-mean", lookupsMean),
                    new Figure(name + ".lookups-per-node", lookupsPerNode),
                    new Figure(name + ".datagrams-per-key", datagramsPerKey),
                    new Figure(name + ".millis-mean", millisMean),
                    new Figure(name + ".millis-max", millisMax));
        }
    }

    /**
     * The routing tables of all living nodes at one moment.
     *
     * @param nodes the number of nodes inspected
     * @param knowsEighteen fraction of the nodes that know at least 18 of the 20 living nodes closest to them (of fewer nodes: 9 in 10)
     * @param knownMean how many of these 20 a node knows
     * @param contactsMean contacts of a node
     * @param stale fraction of all contacts that are dead
     */
    public record TableFigures(
            String name, int nodes, double knowsEighteen, double knownMean, double contactsMean, double stale) {
        List<Figure> figures() {
            return List.of(
                    new Figure(name + ".know-18", knowsEighteen),
                    new Figure(name + ".known-mean", knownMean),
                    new Figure(name + ".contacts-mean", contactsMean),
                    new Figure(name + ".stale", stale));
        }
    }

    /** The numbers of a measurement of services or values. */
    public record Measured(String name, List<Figure> figures) {
        public Measured {
            figures = List.copyOf(figures);
        }
    }

    /**
     * The traffic in the observed time.
     *
     * @param datagrams in all
     * @param bytes in all
     * @param lost by the link
     * @param messagesPerSecond per node, of all kinds
     * @param kinds messages per node per second of each kind, most frequent first
     */
    public record TrafficFigures(long datagrams, long bytes, long lost, double messagesPerSecond, List<Figure> kinds) {
        public TrafficFigures {
            kinds = List.copyOf(kinds);
        }

        List<Figure> figures() {
            List<Figure> figures = new ArrayList<>();
            figures.add(new Figure("traffic.datagrams", datagrams));
            figures.add(new Figure("traffic.bytes", bytes));
            figures.add(new Figure("traffic.lost", lost));
            figures.add(new Figure("traffic.messages-per-second", messagesPerSecond));
            kinds.forEach(kind -> figures.add(new Figure("traffic." + kind.name(), kind.value())));
            return figures;
        }
    }

    /**
     * One point of the curves: the events since the previous one. NaN if there were none.
     *
     * @param atMillis its end
     * @param lookups the number that ended
     * @param messagesPerSecond per node
     */
    public record Point(
            long atMillis,
            int living,
            int lookups,
            double success,
            double recall,
            double hopsMean,
            double hopsP95,
            double latencyMedian,
            double latencyP95,
            int searches,
            double found,
            double messagesPerSecond) {}

    /**
     * Whether a line holds.
     *
     * @param rule the line
     * @param actual the observed value
     */
    public record Verdict(String rule, boolean holds, String actual) {}

    /**
     * The run's use of this machine; differs from run to run.
     *
     * @param events the number of events run
     * @param wallMillis including the building of the network
     * @param heapBytes in use at the end, after a collection
     */
    public record Cost(long events, long virtualMillis, long wallMillis, long heapBytes) {}
}
