package io.cairn.sim.scenario;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.wire.DatagramCodec;
import io.cairn.sim.kademlia.Simulation;
import io.cairn.sim.network.LinkModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Runs a scenario: creates the network, triggers the events, measures, and judges. Runs on the calling thread, which may take minutes;
 * interrupting that thread ends it.
 *
 * <pre>{@code
 * Report report = ScenarioRun.of(scenario, progress);
 * }</pre>
 */
public final class ScenarioRun {
    private static final long STEP_MILLIS = 1_000;
    private static final long PATIENCE_MILLIS = 120_000;
    private static final long CHECK_MILLIS = 10_000;
    private static final int CHECKED_NODES = 20;
    private static final String AT_THE_END = "tables";

    private final Scenario scenario;
    private final Progress progress;
    private final Simulation simulation;
    private final Participants participants;
    private final Curves curves = new Curves();
    private final Probes probes;
    private final Publications publications;
    private final Announcers announcers;
    private final ValueTraffic valueTraffic;
    private final Map<String, Measures> measures = new LinkedHashMap<>();
    private final Map<String, LookupTally> lookupTallies = new LinkedHashMap<>();
    private final Map<String, SearchTally> searchTallies = new LinkedHashMap<>();
    private final Map<String, PublicationTally> publicationTallies = new LinkedHashMap<>();
    private final List<Report.TableFigures> tables = new ArrayList<>();

    private ScenarioRun(Scenario scenario, Progress progress) {
        this.scenario = scenario;
        this.progress = progress;
        SplittableRandom random = new SplittableRandom(scenario.seed());
        this.simulation = simulation(scenario, random.nextLong());
        this.participants = new Participants(simulation, random.split());
        this.probes = new Probes(participants, curves, random.split());
        this.publications = new Publications(participants, probes, random.split());
        this.announcers = new Announcers(participants);
        this.valueTraffic = new ValueTraffic(participants, random.split());
    }

    /** Receives the progress of a run, on its thread. */
    public interface Progress {
        /**
         * Virtual time has advanced.
         *
         * @param totalMillis of the scenario
         */
        void at(long virtualMillis, long totalMillis);

        /** The curves have one more point. */
        void sampled(Report.Point point);
    }

    /**
     * Runs a scenario to its end.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public static Report of(Scenario scenario, Progress progress) throws InterruptedException {
        return new ScenarioRun(scenario, progress).run();
    }

    private Report run() throws InterruptedException {
        long beganNanos = System.nanoTime();
        progress.at(0, scenario.durationMillis());
        participants.gather(scenario, publications.firstKey());
        simulation.checkEvery(CHECK_MILLIS, CHECKED_NODES);
        TrafficMeter meter = new TrafficMeter(simulation);
        long originMillis = simulation.nowMillis();
        for (Timetable.Entry entry : timetable(meter).inOrder()) {
            advanceTo(originMillis, entry.atMillis(), meter);
            entry.action().run();
        }
        advanceTo(originMillis, scenario.durationMillis(), meter);
        Report.TrafficFigures traffic = meter.figures();
        settle();
        tables.add(TableSurvey.of(AT_THE_END, participants));
        return report(traffic, simulation.nowMillis() - originMillis, beganNanos);
    }

    private Timetable timetable(TrafficMeter meter) {
        Timetable timetable = new Timetable();
        for (Scenario.Death death : scenario.deaths()) {
            timetable.add(death.atMillis(), () -> participants.kill(death.part()));
        }
        for (Scenario.Partition partition : scenario.partitions()) {
            timetable.add(partition.atMillis(), () -> simulation.partition(partition.parts(), partition.overMillis()));
        }
        scenario.publications().forEach(what -> enter(what, timetable));
        for (Scenario.Searches what : scenario.searches()) {
            SearchTally tally = searchTallies.computeIfAbsent(what.name(), name -> new SearchTally());
            timetable.spread(what.atMillis(), what.overMillis(), what.count(), () -> publications.search(tally));
        }
        for (Scenario.Lookups what : scenario.lookups()) {
            LookupTally tally = lookupTallies.computeIfAbsent(what.name(), name -> new LookupTally());
            timetable.spread(what.atMillis(), what.overMillis(), what.count(), () -> probes.lookUp(tally));
        }
        enter(scenario.records(), timetable);
        for (Scenario.TableCheck what : scenario.tableChecks()) {
            timetable.add(what.atMillis(), () -> tables.add(TableSurvey.of(what.name(), participants)));
        }
        for (long at = scenario.sampleMillis(); at <= scenario.durationMillis(); at += scenario.sampleMillis()) {
            long atMillis = at;
            timetable.add(
                    atMillis, () -> progress.sampled(curves.sample(atMillis, participants.living(), meter.sample())));
        }
        return timetable;
    }

    private void enter(RecordWork records, Timetable timetable) {
        for (RecordWork.Services what : records.services()) {
            Measures of = measures(what);
            timetable.spread(
                    what.atMillis(), what.overMillis(), what.announcers(), () -> announcers.announce(what, of));
        }
        for (RecordWork.Discoveries what : records.discoveries()) {
            Measures of = measures(what);
            timetable.spread(what.atMillis(), what.overMillis(), what.count(), () -> announcers.discover(what, of));
        }
        for (RecordWork.Loads what : records.loads()) {
            Measures of = measures(what);
            timetable.add(what.atMillis(), () -> announcers.survey(what, of));
        }
        for (RecordWork.Values what : records.values()) {
            Measures of = measures(what);
            timetable.spread(what.atMillis(), what.overMillis(), what.count(), () -> valueTraffic.write(what, of));
        }
        for (RecordWork.Reads what : records.reads()) {
            Measures of = measures(what);
            int versions = records.versionsOf(what.values());
            timetable.spread(
                    what.atMillis(), what.overMillis(), what.count(), () -> valueTraffic.read(what, versions, of));
        }
    }

    private Measures measures(Scenario.Measurement of) {
        return measures.computeIfAbsent(of.name(), name -> new Measures());
    }

    private void enter(Scenario.Publication what, Timetable timetable) {
        PublicationTally tally = publicationTallies.computeIfAbsent(what.name(), name -> new PublicationTally());
        SearchTally finds = new SearchTally();
        if (what.finders() > 0) {
            searchTallies.put(what.name() + "-found", finds);
        }
        timetable.spread(
                what.atMillis(), what.overMillis(), what.publishers(), () -> publications.publish(what, tally, finds));
    }

    /** Advances virtual time in small steps, so that progress shows and an interruption takes effect. */
    private void advanceTo(long originMillis, long atMillis, TrafficMeter meter) throws InterruptedException {
        long elapsed = simulation.nowMillis() - originMillis;
        while (elapsed < atMillis) {
            long step = Math.min(STEP_MILLIS, atMillis - elapsed);
            step(step);
            meter.passed(participants.living(), step);
            elapsed += step;
            progress.at(elapsed, scenario.durationMillis());
        }
    }

    /** Lets pending operations finish. */
    private void settle() throws InterruptedException {
        for (long waited = 0; waited < PATIENCE_MILLIS && pending() > 0; waited += STEP_MILLIS) {
            step(STEP_MILLIS);
        }
    }

    private void step(long millis) throws InterruptedException {
        simulation.run(millis);
        if (Thread.interrupted()) {
            throw new InterruptedException("the run was interrupted");
        }
    }

    private int pending() {
        return probes.pending() + publications.pending() + announcers.pending() + valueTraffic.pending();
    }

    private Report report(Report.TrafficFigures traffic, long virtualMillis, long beganNanos) {
        List<Report.LookupFigures> lookups = new ArrayList<>();
        lookupTallies.forEach((name, tally) -> lookups.add(tally.figures(name)));
        List<Report.SearchFigures> searches = new ArrayList<>();
        searchTallies.forEach((name, tally) -> searches.add(tally.figures(name)));
        List<Report.PublicationFigures> published = new ArrayList<>();
        publicationTallies.forEach((name, tally) -> published.add(tally.figures(name)));
        List<Report.Measured> measured = new ArrayList<>();
        measures.forEach((name, of) -> measured.add(of.measured(name)));
        List<Report.Verdict> verdicts = Verdicts.ofNetwork(simulation.check(), pending());
        verdicts.addAll(Verdicts.ofExpectations(
                scenario.expectations(), Report.figures(lookups, searches, published, tables, measured, traffic)));
        long wallMillis = (System.nanoTime() - beganNanos) / 1_000_000;
        return new Report(
                scenario,
                participants.living(),
                lookups,
                searches,
                published,
                tables,
                measured,
                traffic,
                curves.points(),
                verdicts,
                simulation.traceHash(),
                new Report.Cost(simulation.eventsRun(), virtualMillis, wallMillis, heapBytes()));
    }

    private static Simulation simulation(Scenario scenario, long seed) {
        LinkModel link = link(scenario.link());
        KademliaLimits limits = limits(scenario.kademlia());
        return scenario.isSigned()
                ? new Simulation(seed, link, limits, (Identity identity) -> new DatagramCodec(identity))
                : new Simulation(seed, link, limits);
    }

    private static KademliaLimits limits(Scenario.Kademlia wanted) {
        KademliaLimits defaults = KademliaLimits.defaults();
        KademliaLimits wide = defaults.withWidths(
                wanted.k() == 0 ? defaults.k() : wanted.k(), wanted.alpha() == 0 ? defaults.alpha() : wanted.alpha());
        KademliaLimits.Lookups lookups = wide.lookups();
        return wide.withLookups(new KademliaLimits.Lookups(
                lookups.requestsMax(),
                lookups.candidatesMax(),
                lookups.liesMax(),
                lookups.perBlockMax(),
                wanted.paths() == 0 ? lookups.pathsAtFirst() : wanted.paths(),
                lookups.pathsInDoubt()));
    }

    /** Three quarters of the delay without jitter depend on the distance of the two hosts. */
    static LinkModel link(Scenario.Link link) {
        double steadyMillis = link.roundTripMillis() / 2.0 - link.jitterMillis();
        LinkModel steady = LinkModel.ofMeanRoundTrip(Math.round(steadyMillis / 0.4));
        return new LinkModel(
                steady.latencyMillis(), steady.spreadMillis(), link.jitterMillis(), link.loss(), link.duplication());
    }

    /** After a collection, so that it counts only live objects. */
    private static long heapBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
