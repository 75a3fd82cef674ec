package io.cairn.app.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** This process and its JVM, under the names that Prometheus' own instrumentation of a JVM uses, so that dashboards know them. */
final class ProcessMetrics {
    private static final double MILLIS_PER_SECOND = 1_000;

    void addTo(Families families) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<String, Double> collectionSeconds = new TreeMap<>();
        Map<String, Long> collections = new TreeMap<>();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections.put(collector.getName(), Math.max(0, collector.getCollectionCount()));
            collectionSeconds.put(collector.getName(), Math.max(0, collector.getCollectionTime()) / MILLIS_PER_SECOND);
        }
        families.gauge(
                        "process_start_time_seconds",
                        "Start of the process, in seconds since 1970.",
                        ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS_PER_SECOND)
                .info(
                        "jvm_runtime",
                        "The Java that runs the process.",
                        Labels.of(
                                "version",
                                Runtime.version().toString(),
                                "vendor",
                                ManagementFactory.getRuntimeMXBean().getVmVendor()))
                .gauges("jvm_memory_used_bytes", "Memory in use.", "area", byArea(memory, MemoryUsage::getUsed))
                .gauges(
                        "jvm_memory_committed_bytes",
                        "Memory taken from the system.",
                        "area",
                        byArea(memory, MemoryUsage::getCommitted))
                .gauges(
                        "jvm_memory_max_bytes",
                        "The most memory that is taken; -1 if there is no limit.",
                        "area",
                        byArea(memory, MemoryUsage::getMax))
                .counters("jvm_gc_collections", "Garbage collections.", "gc", collections)
                .counters("jvm_gc_collection_seconds", "Time spent in garbage collections.", "gc", collectionSeconds)
                .gauge("jvm_threads_current", "Threads.", threads.getThreadCount())
                .gauge("jvm_threads_daemon", "Daemon threads.", threads.getDaemonThreadCount())
                .gauge("jvm_threads_peak", "The most threads at once.", threads.getPeakThreadCount());
    }

    private static Map<String, Long> byArea(MemoryMXBean memory, ToLongFunction<MemoryUsage> figure) {
        Map<String, Long> byArea = new TreeMap<>();
        byArea.put("heap", figure.applyAsLong(memory.getHeapMemoryUsage()));
        byArea.put("nonheap", figure.applyAsLong(memory.getNonHeapMemoryUsage()));
        return byArea;
    }
}
