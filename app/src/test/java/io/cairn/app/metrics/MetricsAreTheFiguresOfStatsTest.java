package io.cairn.app.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Codes.CodeStatistics;
import io.cairn.app.FetchOptions;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.measure.DurationCounts;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes over loopback; the second fetches what the first shares, and is scraped. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsAreTheFiguresOfStatsTest {
    private static final int BYTES = 1_000_000;
    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(\\{.*})? (\\S+)");
    private static final Pattern ROW = Pattern.compile("\\| `(\\S+)` \\| (counter|gauge|histogram|info) \\|.*");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");

    private final Map<String, Double> samples = new LinkedHashMap<>();
    private final Map<String, String> types = new TreeMap<>();
    private final List<String> text = new ArrayList<>();
    private Node.@Nullable NodeStatistics taken;

    @BeforeAll
    void fetchAndScrape(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[BYTES]);
        try (Node sharing = LocalNode.start(config(folder.resolve("sharing"), List.of()))) {
            var shared =
                    sharing.share(file).completion().get(30, TimeUnit.SECONDS).share();
            Endpoint known = new Endpoint(
                    InetAddress.getLoopbackAddress(), sharing.info().port());
            try (Node fetching = LocalNode.start(config(folder.resolve("fetching"), List.of(known.toString())))) {
                Path target = Files.createDirectory(folder.resolve("fetched"));
                fetching.fetch(FetchOptions.into(fetching.resolve(shared.hash().toHex()), target)
                                .build())
                        .completion()
                        .get(30, TimeUnit.SECONDS);
                assertThat(new String(Metrics.scrape(fetching), UTF_8)).contains("cairn_fetches{state=\"done\"} 1");
                taken = fetching.statistics();
                text.addAll(new String(
                                Metrics.text(
                                        fetching.info(), statistics(), 2, 3, 4, new CodeStatistics(1, 5, 4, 3, 2, 6)),
                                UTF_8)
                        .lines()
                        .toList());
            }
        }
        for (String line : text) {
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (type.matches()) {
                types.put(type.group(1), type.group(2));
            } else if (sample.matches()) {
                String labels = sample.group(2) == null ? "" : sample.group(2);
                samples.put(
                        sample.group(1) + labels,
                        Double.parseDouble(sample.group(3).replace("+Inf", "Infinity")));
            }
        }
    }

    @Test
    void theFetchIsCounted() {
        assertThat(samples.get("cairn_transfer_chunks_total{result=\"good\"}"))
                .isPositive()
                .isEqualTo((double) statistics().chunks().good());
        assertThat(samples.get("cairn_transfer_chunks_total{result=\"bad\"}")).isZero();
        assertThat(samples.get("cairn_transfer_chunk_delivery_duration_seconds_count"))
                .isEqualTo((double) statistics().chunks().good());
        assertThat(samples.get("cairn_transfer_received_bytes_total")).isGreaterThan(BYTES);
        assertThat(samples.get("cairn_fetches{state=\"done\"}")).isEqualTo(1);
        assertThat(samples.get("cairn_fetches{state=\"queued\"}")).isZero();
        assertThat(samples.get("cairn_services_announced")).isEqualTo(2);
        assertThat(samples.get("cairn_codes_open")).isEqualTo(1);
        assertThat(samples.get("cairn_codes_wrong_tries_total")).isEqualTo(3);
        assertThat(samples.get("cairn_gifts_received_total")).isEqualTo(6);
        assertThat(samples.get("cairn_folders_watched")).isEqualTo(3);
        assertThat(samples.get("cairn_contacts")).isEqualTo(4);
        assertThat(samples.get("cairn_dht_lookups_total")).isPositive();
        assertThat(samples.get("cairn_dht_datagrams_sent_total")).isPositive();
        assertThat(samples).containsKey("jvm_memory_used_bytes{area=\"heap\"}");
        assertThat(text).anyMatch(line -> line.startsWith("cairn_build_info{") && line.contains("version=\""));
    }

    @Test
    void theQuantilesOfStatsFallIntoTheirBuckets() {
        DurationCounts all = statistics().dht().times().roundTrips();
        assertThat(all.total()).isPositive();
        var shown = statistics().dht().roundTrips();
        Map.of(0.5, shown.p50Millis(), 0.95, shown.p95Millis(), 0.99, shown.p99Millis())
                .forEach((part, millis) -> {
                    double rank = part * all.total();
                    double bound = DurationCounts.boundMillis(DurationCounts.bucketOf(millis)) / 1_000;
                    List<Double> bounds = bounds("cairn_dht_round_trip_duration_seconds");
                    int place = bounds.indexOf(bound);
                    assertThat(atMost("cairn_dht_round_trip_duration_seconds", bound))
                            .isGreaterThanOrEqualTo(rank);
                    assertThat(place == 0 ? 0 : atMost("cairn_dht_round_trip_duration_seconds", bounds.get(place - 1)))
                            .isLessThan(rank);
                });
    }

    @Test
    void neighbouringBoundsAreAQuarterApartAtMost() {
        List<String> histograms = types.entrySet().stream()
                .filter(type -> type.getValue().equals("histogram"))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(histograms).hasSize(4);
        for (String histogram : histograms) {
            List<Double> bounds = bounds(histogram);
            for (int i = 1; i < bounds.size() - 1; i++) {
                assertThat(bounds.get(i) / bounds.get(i - 1)).isLessThanOrEqualTo(1.25 + 1e-9);
            }
            assertThat(bounds.get(bounds.size() - 1)).isInfinite();
        }
    }

    @Test
    void everyMetricIsInTheDocumentAndNoOther() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "METRICS.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                documented.put(row.group(1), row.group(2).replace("info", "gauge"));
            }
        }
        if (statistics().dht().dropped().isEmpty()) {
            documented.remove("cairn_dht_datagrams_dropped_total"); // has a sample for each reason that occurred
        }
        assertThat(documented).isEqualTo(types);
    }

    @Test
    void namesFollowTheConventions() {
        types.forEach((name, type) -> {
            assertThat(name).matches("(cairn|jvm|process)_[a-z_]+").doesNotContain("milli");
            assertThat(name.endsWith("_total")).as(name + " is a " + type).isEqualTo(type.equals("counter"));
            if (type.equals("histogram")) {
                assertThat(name).endsWith("_seconds");
            }
        });
        assertThat(text.stream().filter(line -> line.startsWith("# HELP")))
                .as("each family says what it is")
                .hasSize(types.size());
    }

    private Node.NodeStatistics statistics() {
        return Objects.requireNonNull(taken);
    }

    private double atMost(String histogram, double bound) {
        return samples.entrySet().stream()
                .filter(sample -> sample.getKey().startsWith(histogram + "_bucket") && bound(sample.getKey()) == bound)
                .mapToDouble(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    private List<Double> bounds(String histogram) {
        return samples.keySet().stream()
                .filter(name -> name.startsWith(histogram + "_bucket"))
                .map(MetricsAreTheFiguresOfStatsTest::bound)
                .toList();
    }

    private static double bound(String sample) {
        String bound = sample.replaceAll(".*le=\"(.*)\"}", "$1");
        return bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
    }

    private static NodeConfig config(Path dataDirectory, List<String> bootstrap) {
        return NodeConfig.builder(dataDirectory)
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .bootstrap(bootstrap)
                .lan(false)
                .build();
    }
}
