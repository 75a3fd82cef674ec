package io.cairn.app.metrics;

import io.cairn.dht.measure.DurationCounts;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.Map;

/** Metric families under construction. The library appends {@code _total} and {@code _info} and checks the names. */
final class Families {
    private static final double MILLIS_PER_SECOND = 1_000;

    private final MetricSnapshots.Builder out;

    Families(MetricSnapshots.Builder out) {
        this.out = out;
    }

    Families counter(String name, String help, Number value) {
        return counters(name, help, "", Map.of("", value));
    }

    /** @param byLabel the values by the label's value */
    Families counters(String name, String help, String label, Map<String, ? extends Number> byLabel) {
        CounterSnapshot.Builder family = CounterSnapshot.builder().name(name).help(help);
        byLabel.forEach((of, value) -> family.dataPoint(CounterDataPointSnapshot.builder()
                .labels(labels(label, of))
                .value(value.doubleValue())
                .build()));
        return add(family.build());
    }

    Families gauge(String name, String help, Number value) {
        return gauges(name, help, "", Map.of("", value));
    }

    /** @param byLabel the values by the label's value */
    Families gauges(String name, String help, String label, Map<String, ? extends Number> byLabel) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
        byLabel.forEach((of, value) -> family.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(labels(label, of))
                .value(value.doubleValue())
                .build()));
        return add(family.build());
    }

    /** Of durations, in seconds. Every bucket is written, so that rates over time see the same ones. */
    Families histogram(String name, String help, DurationCounts durations) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int bucket = 0; bucket < DurationCounts.buckets(); bucket++) {
            buckets.bucket(DurationCounts.boundMillis(bucket) / MILLIS_PER_SECOND, durations.count(bucket));
        }
        return add(HistogramSnapshot.builder()
                .name(name)
                .help(help)
                .unit(Unit.SECONDS)
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(buckets.build())
                        .sum(durations.sumMillis() / MILLIS_PER_SECOND)
                        .build())
                .build());
    }

    Families info(String name, String help, Labels labels) {
        return add(InfoSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(InfoDataPointSnapshot.builder().labels(labels).build())
                .build());
    }

    private Families add(MetricSnapshot family) {
        out.metricSnapshot(family);
        return this;
    }

    private static Labels labels(String name, String value) {
        return name.isEmpty() ? Labels.EMPTY : Labels.of(name, value);
    }
}
