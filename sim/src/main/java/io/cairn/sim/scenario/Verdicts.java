package io.cairn.sim.scenario;

import io.cairn.sim.kademlia.BrokenInvariant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Judges a run: what must hold of every network, and what this scenario expects. */
final class Verdicts {
    private Verdicts() {}

    /**
     * @param violations of what must hold of nodes and datagrams, the first of each kind
     * @param pending what was begun and has not ended long after the end
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

    /** A figure that there is not, or that nothing was measured for, holds no line. */
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
