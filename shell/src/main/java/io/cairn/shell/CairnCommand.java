package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.Version;
import io.cairn.shell.output.Streams;
import io.cairn.shell.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program without a verb: a node and its shell. */
@Command(
        name = "cairn",
        version = "cairn " + Version.NUMBER,
        description = {
            "Share files between machines with no server.",
            "Without a command: a node and an interactive shell, or commands from stdin if it is not a terminal."
        },
        synopsisSubcommandLabel = "[COMMAND]",
        abbreviateSynopsis = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  cairn share film.mkv                  on one machine; prints the hash",
            "  cairn fetch HASH -o ~/Videos/         on any other",
            "  cairn verify ~/Videos/film.mkv HASH   is it still intact?",
            "  cairn demo                            a demonstration on this machine",
            "  cairn                                 the shell; help lists its commands"
        },
        commandListHeading = "%nCommands (cairn help COMMAND describes one):%n",
        exitCodeListHeading = "%nExit codes: 0 done, 1 other, 2 usage, 3 no provider, 4 stalled, 5 network,%n"
                + "  6 integrity, 7 disk full, 8 target exists, 9 denied, 130 Ctrl-C%n"
                + "Each option is also a variable (CAIRN_DATA_DIR) and a key of config.toml (data-dir).%n")
final class CairnCommand implements Callable<Integer> {
    private final Program program;
    private final Streams streams;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    CairnCommand(Program program, Streams streams) {
        this.program = program;
        this.streams = streams;
    }

    @Override
    public Integer call() throws CairnException {
        try (Session session = program.openToStay()) {
            Shell shell = new Shell(session, program.configuration(), streams);
            boolean person = streams.inTerminal()
                    && streams.outTerminal()
                    && !session.output().isJson();
            return person
                    ? new InteractiveShell(session, shell).run()
                    : new StdinShell(session, shell, streams.in()).run();
        }
    }
}
