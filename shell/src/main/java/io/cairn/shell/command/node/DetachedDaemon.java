package io.cairn.shell.command.node;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.json.NodeJson;
import io.cairn.control.Attachment;
import io.cairn.control.http.ProcessStatus;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.LastWords;
import io.cairn.shell.session.NodeStart;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
        Optional<Session> before = source.attach();
        if (before.isPresent()) {
            try (Session session = before.get()) {
                return tell(session.node().attachment(), "a daemon runs already");
            }
        }
        Path log = source.dataDirectory().resolve(LOG_FILE);
        Process daemon = begin(log);
        boolean isReady = false;
        try {
            Attachment ready = ready(daemon, log);
            try (ready) {
                tell(ready, "a daemon runs now");
            }
            isReady = true;
            return 0;
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
                return true; // another process that was faster serves as well, or is named as the obstacle
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

    private int tell(Attachment running, String news) throws CairnException {
        ProcessStatus process = running.process();
        if (!process.mode().equals("daemon")) {
            throw new CairnException(
                    Kind.OTHER,
                    "cannot start a daemon",
                    "process " + process.pid() + " (" + Plain.line(process.mode())
                            + ") runs the node of this data directory",
                    "stop it: cairn stop");
        }
        source.output().note(news + ": process " + process.pid() + ", port " + process.port());
        source.output().json(NodeJson.ready(running.node().info()));
        return 0;
    }

    private static Process begin(Path log) throws CairnException {
        try {
            create(Objects.requireNonNull(log.toAbsolutePath().getParent(), "the log is in a folder"));
            ProcessBuilder daemon = new ProcessBuilder(command())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
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

    /** Creates the data directory, which nobody else may enter. */
    private static void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(folder);
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
