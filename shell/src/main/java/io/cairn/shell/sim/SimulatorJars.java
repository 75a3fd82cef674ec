package io.cairn.shell.sim;

import io.cairn.app.CairnException;

/**
 * Whether the module {@code sim} and the libraries that draw its charts are on the class path. They are only where the launcher has read the
 * word {@code sim}, so no other start opens them. Therefore no field and no method of a command names a type of that module: picocli looks
 * at all of them, also to list the verbs.
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
