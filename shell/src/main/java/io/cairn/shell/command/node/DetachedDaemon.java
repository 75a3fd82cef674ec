package io.cairn.shell.command.node;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Version;
import io.cairn.app.json.NodeJson;
import io.cairn.control.Attachment;
import io.cairn.control.http.ProcessStatus;
import io.cairn.shell.session.LastWords;
import io.cairn.shell.session.NodeStart;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import io.cairn.transfer.store.file.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A daemon that goes on when its terminal closes: this program, run again in a session of its own. */
final class DetachedDaemon {
    /** In the data directory: what the daemon prints. */
    private static final String LOG_FILE = "daemon.log";

    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    private static final String SETSID = "/usr/bin/setsid";

    private final SessionSource source;

    DetachedDaemon(SessionSource source) {
        this.source = source;
    }

    /** Returns once the daemon answers, or at once if one runs already. */
    int start() throws CairnException, StoppedException {
        if (source.process().filter(ProcessStatus::isDaemon).isPresent()) {
            Optional<Session> before = source.attach();
            if (before.isPresent()) {
                return tell(before.get().node().attachment(), "a daemon runs already");
            }
        }
        Path log = source.dataDirectory().resolve(LOG_FILE);
        Process daemon = begin(source.dataDirectory(), log);
        boolean isReady = false;
        try {
            int code = tell(ready(daemon, log), "a daemon runs now");
            isReady = true;
            return code;
        } finally {
            if (!isReady) {
                daemon.destroy();
            }
        }
    }

    private Attachment ready(Process daemon, Path log) throws CairnException, StoppedException {
        CompletableFuture<Process> ended = daemon.onExit();
        Optional<Attachment> ready = NodeStart.await(source, new NodeStart() {
            @Override
            public boolean isOver() {
                return ended.isDone();
            }

            @Override
            public boolean isOf(ProcessStatus process) {
                return process.isDaemon() // perhaps one that another command started; no other process keeps the node
                        && process.version().equals(Version.NUMBER);
            }
        });
        if (ready.isEmpty()) {
            throw new CairnException(
                    Kind.OTHER,
                    "the daemon did not start",
                    ended.isDone() ? lastWords(log) : "it is not ready after " + NodeStart.READY_SECONDS + " seconds",
                    "see " + log + ", or run it here: cairn daemon");
        }
        return ready.get();
    }

    private int tell(Attachment running, String news) {
        try (running) {
            ProcessStatus process = running.process();
            source.output().note(news + ": process " + process.pid() + ", port " + process.port());
            source.output().json(NodeJson.ready(running.node().info()));
            return 0;
        }
    }

    private static Process begin(Path folder, Path log) throws CairnException {
        try {
            if (!Files.isDirectory(folder)) {
                OwnerOnly.createFolders(folder);
            }
            try (FileChannel empty = OwnerOnly.open(log)) {
                empty.truncate(0);
            }
            ProcessBuilder daemon = new ProcessBuilder(command())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())) // two may start at once
                    .redirectErrorStream(true);
            daemon.environment().put("CAIRN_TERMINALS", ""); // the launcher found those of this process
            return daemon.start();
        } catch (IOException failure) {
            throw new CairnException(
                    Kind.OTHER,
                    "cannot start a daemon in the background",
                    String.valueOf(failure.getMessage()),
                    "run it in a terminal: cairn daemon",
                    failure);
        }
    }

    /** This process's command line without the option, in a session of its own: a terminal that closes then does not end it. */
    private static List<String> command() throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of(SETSID))) {
            command.add(SETSID);
        }
        List<String> own = own();
        command.add(ProcessHandle.current().info().command().orElse(own.get(0)));
        own.stream().skip(1).filter(word -> !word.equals("--detach")).forEach(command::add);
        return command;
    }

    /** Where there is no /proc, Java asks the system in its own way; on Linux it gives up on long command lines. */
    private static List<String> own() throws IOException {
        if (Files.isReadable(COMMAND_LINE)) {
            return List.of(
                    Files.readString(COMMAND_LINE, StandardCharsets.UTF_8).split("\0"));
        }
        ProcessHandle.Info self = ProcessHandle.current().info();
        String java = self.command().orElseThrow(DetachedDaemon::unnamed);
        List<String> words = new ArrayList<>(List.of(java));
        words.addAll(List.of(self.arguments().orElseThrow(DetachedDaemon::unnamed)));
        return words;
    }

    private static IOException unnamed() {
        return new IOException("the system does not say how this program was started");
    }

    private static String lastWords(Path log) {
        try {
            return LastWords.in(Files.readAllLines(log)).why().orElse("it printed nothing");
        } catch (IOException unreadable) {
            return "it ended, and " + log + " cannot be read: " + unreadable.getMessage();
        }
    }
}
