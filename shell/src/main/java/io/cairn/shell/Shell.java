package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.Verifier;
import io.cairn.app.config.ConfigSources;
import io.cairn.control.Attachment;
import io.cairn.control.http.ProcessStatus;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Streams;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.Stops;
import io.cairn.transfer.content.manifest.Manifest;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** Runs lines of the shell against a running node. */
final class Shell implements SessionSource {
    private final Session session;
    private final ConfigSources configuration;
    private final CommandLine commands;
    private boolean left;
    private @Nullable Asking asking;

    Shell(Session session, ConfigSources configuration, Streams streams) {
        this.session = session;
        this.configuration = configuration;
        this.commands = new CommandLine(new Root());
        Commands.addShell(commands, this, () -> left = true);
        Commands.configure(commands, streams, Ansi.OFF, session::output);
        session.output().enterShell();
    }

    /** Runs one line; ignores an empty line or a comment. */
    int run(String line) {
        List<String> words;
        try {
            words = new ArrayList<>(Words.of(line));
        } catch (CairnException unbalanced) {
            return Commands.failed(unbalanced, session.output());
        }
        if (words.isEmpty() || words.get(0).startsWith("#")) {
            return 0;
        }
        if (words.size() > 1
                && words.get(0).equals("fetch")
                && words.get(words.size() - 1).equals("&")
                && line.stripTrailing().matches(".*\\s&")) {
            words.set(words.size() - 1, "--background");
        }
        return commands.execute(words.toArray(String[]::new));
    }

    /** Whether {@code exit} was entered. */
    boolean isLeft() {
        return left;
    }

    /** From now on, commands can ask the user. */
    void askWith(Asking terminal) {
        asking = terminal;
    }

    /** The verbs, for completion. */
    CommandLine commands() {
        return commands;
    }

    @Override
    public Session open() {
        return new Session(session.node(), session.verifier(), session.output(), session.stops(), asking, false);
    }

    @Override
    public Session openToStay() {
        return open();
    }

    @Override
    public Session openOwn() {
        return open();
    }

    @Override
    public Optional<Session> attach() {
        return Optional.of(open());
    }

    @Override
    public Optional<Attachment> running() {
        return Optional.of(session.node().attachment());
    }

    @Override
    public Optional<ProcessStatus> process() {
        return Optional.of(session.node().attachment().process());
    }

    @Override
    public Path dataDirectory() {
        return session.node().info().dataDirectory();
    }

    @Override
    public Output output() {
        return session.output();
    }

    @Override
    public Stops stops() {
        return session.stops();
    }

    @Override
    public Optional<Manifest> storedManifest(String hashOrLink) {
        return Optional.empty();
    }

    @Override
    public Verifier verifier() {
        return session.verifier();
    }

    @Override
    public Optional<InputStream> input() {
        return Optional.empty();
    }

    @Override
    public Optional<Asking> asking() {
        return Optional.ofNullable(asking);
    }

    @Override
    public ConfigSources configuration() {
        return configuration;
    }

    @Override
    public boolean isOneShot() {
        return false;
    }

    /** Holds the verbs; does nothing itself, since an empty line runs nothing. */
    @Command(
            name = "",
            synopsisHeading = "",
            customSynopsis = "",
            footerHeading = "Examples:%n",
            footer = {
                "  share ~/Videos/film.mkv            share a file; prints its hash and a link",
                "  fetch HASH -o ~/Videos/            fetch what another machine shares",
                "  fetch HASH -o ~/Videos/ &          the same, in the background",
                "  send film.mkv                      send it to who is told a short code",
                "  receive 7-orbit-lamp               take what was sent under a code",
                "  fetches                            how each fetch stands",
                "  verify ~/Videos/film.mkv HASH      is it still intact?",
                "  shares                             what this node shares",
                "  connect 192.168.1.5:4747           greet a node that was not found by itself",
                "  limit up 5MiB/s                    send no faster"
            },
            commandListHeading = "%nCommands:%n",
            exitCodeListHeading = "%nhelp COMMAND describes one, with its options.%n"
                    + "A hash may be cut to its first digits (six at least) or replaced by a name.%n"
                    + "Tab completes; Ctrl-C stops a command, Ctrl-D leaves.%n")
    private static final class Root implements Runnable {
        @Override
        public void run() {}
    }
}
