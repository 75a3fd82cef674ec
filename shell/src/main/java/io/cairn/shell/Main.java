package io.cairn.shell;

import io.cairn.app.LocalNode;
import io.cairn.app.Version;

/** Where the program starts. Asking for the version loads nothing else. */
public final class Main {
    private Main() {}

    /** Ends the process with the exit code of the command. */
    public static void main(String[] args) {
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            System.out.println("cairn " + Version.NUMBER);
            return;
        }
        LogProvider.use();
        System.exit(Program.ofProcess(LocalNode::start, LocalNode.verifier()).run(args));
    }
}
