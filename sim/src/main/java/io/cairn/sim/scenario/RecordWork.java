package io.cairn.sim.scenario;

import io.cairn.sim.scenario.Scenario.Measurement;
import java.util.ArrayList;
import java.util.List;

/** What a scenario does with services and named values. */
public record RecordWork(
        List<Services> services,
        List<Discoveries> discoveries,
        List<Loads> loads,
        List<Values> values,
        List<Reads> reads) {
    /** Nothing. */
    public static final RecordWork NONE = new RecordWork(List.of(), List.of(), List.of(), List.of(), List.of());

    public RecordWork {
        services = List.copyOf(services);
        discoveries = List.copyOf(discoveries);
        loads = List.copyOf(loads);
        values = List.copyOf(values);
        reads = List.copyOf(reads);
        List<String> capabilities = services.stream().map(Services::name).toList();
        discoveries.forEach(what -> requireKnown(what.name(), what.services(), capabilities));
        loads.forEach(what -> requireKnown(what.name(), what.services(), capabilities));
        List<String> written = values.stream().map(Values::name).toList();
        reads.forEach(what -> requireKnown(what.name(), what.values(), written));
    }

    /** How often each value of this name is written. */
    int versionsOf(String name) {
        return values.stream()
                .filter(what -> what.name().equals(name))
                .mapToInt(Values::versions)
                .findFirst()
                .orElseThrow();
    }

    List<Measurement> measurements() {
        List<Measurement> all = new ArrayList<>(services);
        all.addAll(discoveries);
        all.addAll(loads);
        all.addAll(values);
        all.addAll(reads);
        return all;
    }

    /**
     * Random nodes announce one capability, named after this measurement, and renew it until they die.
     *
     * @param announcers their number, evenly spread over a time
     * @param lifeMillis how long a record lives without renewal
     */
    public record Services(String name, long atMillis, long overMillis, int announcers, long lifeMillis)
            implements Measurement {
        public Services {
            Scenario.requireName(name);
            Scenario.requireSpan(atMillis, overMillis);
            Scenario.require(announcers >= 1, "announcers: at least 1");
            Scenario.require(lifeMillis >= 1_000, "ttl: at least a second");
        }

        @Override
        public long endMillis() {
            return atMillis + overMillis;
        }
    }

    /**
     * Random nodes discover a capability, evenly spread over a time.
     *
     * @param services the name of the {@link Services}
     * @param max number of services after which a search ends; 0 to find all
     */
    public record Discoveries(String name, long atMillis, long overMillis, int count, String services, int max)
            implements Measurement {
        public Discoveries {
            Scenario.requireName(name);
            Scenario.requireSpan(atMillis, overMillis);
            Scenario.require(count >= 1 && max >= 0, "count: at least 1; max: at least 0");
        }

        @Override
        public long endMillis() {
            return atMillis + overMillis;
        }
    }

    /** How the records of the announcers of a capability are spread over the living nodes at one moment. */
    public record Loads(String name, long atMillis, String services) implements Measurement {
        public Loads {
            Scenario.requireName(name);
            Scenario.requireSpan(atMillis, 0);
        }

        @Override
        public long endMillis() {
            return atMillis;
        }
    }

    /**
     * Random nodes each write a value, some of them several times.
     *
     * @param count their number, evenly spread over a time
     * @param versions how often each writes: again as soon as it was written
     */
    public record Values(String name, long atMillis, long overMillis, int count, int versions) implements Measurement {
        public Values {
            Scenario.requireName(name);
            Scenario.requireSpan(atMillis, overMillis);
            Scenario.require(count >= 1 && versions >= 1, "count and versions: at least 1");
        }

        @Override
        public long endMillis() {
            return atMillis + overMillis;
        }
    }

    /**
     * Random nodes read random values, evenly spread over a time.
     *
     * @param values the name of the {@link Values}
     */
    public record Reads(String name, long atMillis, long overMillis, int count, String values) implements Measurement {
        public Reads {
            Scenario.requireName(name);
            Scenario.requireSpan(atMillis, overMillis);
            Scenario.require(count >= 1, "count: at least 1");
        }

        @Override
        public long endMillis() {
            return atMillis + overMillis;
        }
    }

    private static void requireKnown(String name, String sought, List<String> known) {
        Scenario.require(known.contains(sought), "\"" + name + "\": nothing is named \"" + sought + "\"");
    }
}
