package io.cairn.shell;

import io.cairn.app.node.LocalNode;
import io.cairn.shell.output.Streams;
import io.cairn.shell.session.Stops;
import java.util.Map;
import picocli.CommandLine;

/** The verbs and options of the command line as picocli's model, for what is made from it: the manual and the completions. */
public final class CommandModel {
    private CommandModel() {}

    /** All commands; to read, not to execute. */
    public static CommandLine commandLine() {
        Program program = new Program(
                Streams.ofProcess(Map.of()),
                Map.of(),
                null,
                LocalNode::start,
                LocalNode.verifier(),
                new Stops(code -> Runtime.getRuntime().halt(code)));
        return program.commandLine("");
    }
}
