package io.cairn.shell.sim;

import io.cairn.app.CairnException;
import java.util.List;

/**
 * Checks whether the module {@code sim} and its chart libraries are on the class path. The launcher adds them only for the word
 * {@code sim}, so that no other start opens them. Therefore no field or method of a command may name a type of that module: picocli
 * reflects on all of them, even to list the verbs.
 */
final class SimulatorJars {
    private static final String A_CLASS = "io.cairn.sim.file.Simulator";
    private static final List<String> CHART_CLASSES =
            List.of("java.awt.Graphics2D", "org.apache.batik.svggen.SVGGraphics2D");

    private SimulatorJars() {}

    /** @throws CairnException of kind OTHER if they are missing */
    static void check() throws CairnException {
        try {
            Class.forName(A_CLASS, false, SimulatorJars.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new CairnException(
                    CairnException.Kind.OTHER,
                    "cannot simulate",
                    "the simulator is not on the class path: its jars lie in the folder sim beside cairn.jar",
                    "start the launcher: cairn sim ..., or java -cp \"cairn.jar:sim/*\" io.cairn.shell.Main sim ...",
                    missing);
        }
    }

    /** @throws CairnException of kind OTHER if this Java has no graphics, or the chart libraries are missing */
    static void checkCharts() throws CairnException {
        try {
            for (String name : CHART_CLASSES) {
                Class.forName(name, false, SimulatorJars.class.getClassLoader());
            }
        } catch (ClassNotFoundException missing) {
            throw new CairnException(
                    CairnException.Kind.OTHER,
                    "cannot draw a plot",
                    "this package has neither Java's graphics nor the chart libraries",
                    "write the values with --csv FILE, or draw with the launcher of a checkout",
                    missing);
        }
    }
}
