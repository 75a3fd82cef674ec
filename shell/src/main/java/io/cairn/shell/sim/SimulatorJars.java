package io.cairn.shell.sim;

import io.cairn.app.CairnException;

/**
 * Checks whether the module {@code sim} and its chart libraries are on the class path. The launcher adds them only for the word
 * {@code sim}, so that no other start opens them. Therefore no field or method of a command may name a type of that module: picocli
 * reflects on all of them, even to list the verbs.
 */
final class SimulatorJars {
    private static final String A_CLASS = "io.cairn.sim.file.Simulator";

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
}
