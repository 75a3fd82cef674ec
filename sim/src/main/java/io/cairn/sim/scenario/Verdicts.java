package io.cairn.sim.scenario;

import io.cairn.sim.kademlia.BrokenInvariant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Judges a run by the invariants of every network and the expectations of its scenario. */
final class Verdicts {
    private Verdicts() {}

    /**
     * @param violations of the invariants of nodes and datagrams, the first of each kind
     * @param pending operations that have not finished long after the end
     */
    static List<Report.Verdict> ofNetwork(List<BrokenInvariant> violations, int pending) {
        List<Report.Verdict> verdicts = new ArrayList<>();
        verdicts.add(new Report.Verdict(
                "the whole network's invariants",
                violations.isEmpty(),
                violations.isEmpty() ? "all hold" : violations.size() + " broken"));
        for (BrokenInvariant violation : violations) {
            verdicts.add(new Report.Verdict(violation.invariant(), false, violation.toString()));
        }
        verdicts.add(new Report.Verdict("every operation finished", pending == 0, pending + " pending"));
        return verdicts;
    }

    /** A line fails if its figure does not exist or was not measured. */
    static List<Report.Verdict> ofExpectations(List<Expectation> expectations, List<Figure> figures) {
        Map<String, Double> values = new HashMap<>();
        figures.forEach(figure -> values.put(figure.name(), figure.value()));
        List<Report.Verdict> verdicts = new ArrayList<>();
        for (Expectation expectation : expectations) {
            double value = values.getOrDefault(expectation.figure(), Double.NaN);
            verdicts.add(new Report.Verdict(
                    expectation.toString(),
                    expectation.holds(value),
                    Double.isNaN(value) ? "nothing measured" : Expectation.number(value)));
        }
        return verdicts;
    }
}
