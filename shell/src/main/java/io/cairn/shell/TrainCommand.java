package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.node.LocalNode;
import io.cairn.control.reach.NodeStarter;
import io.cairn.dht.crypto.NativeCrypto;
import io.cairn.shell.command.node.Demo;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Streams;
import io.cairn.shell.output.Style;
import io.cairn.shell.session.StoppedException;
import io.cairn.shell.session.Stops;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Imitates common runs, so that the classes they load can be archived: the next start maps the archive into memory instead of reading and
 * checking each class. Prints only the Java options that suit this machine, for an argument file of the launcher.
 */
@Command(name = "train", hidden = true, description = "For the launcher: load what a start needs.")
final class TrainCommand implements Callable<Integer> {
    /**
     * Native digests and signatures need no optimizing compiler, and the remaining Java code of a transfer ends before that compiler pays
     * off.
     */
    private static final String NATIVE_CRYPTO_OPTIONS =
            "-XX:TieredStopAtLevel=1\n-Dcom.amazon.corretto.crypto.provider.useExternalLib=true";

    @Option(
            names = "--fetch",
            description = "Only a fetch: fewer classes, which a process that uses all of them starts with faster.")
    private boolean onlyFetch;

    private final NodeStarter starter;

    TrainCommand(NodeStarter starter) {
        this.starter = starter;
    }

    @Override
    public Integer call() throws CairnException, StoppedException, IOException {
        Streams silent = new Streams(
                new ByteArrayInputStream("id\nshares\nfetches\npeers\nstats\nexit\n".getBytes(StandardCharsets.UTF_8)),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                false,
                false,
                false,
                () -> 80);
        Stops stops = new Stops(code -> Runtime.getRuntime().halt(code));
        Output output = new Output(silent, new Output.Format(true, false, 0, Style.PLAIN, false), failure -> {});
        if (!onlyFetch) {
            try (Terminal dumb = TerminalBuilder.builder()
                    .dumb(true)
                    .system(false)
                    .streams(InputStream.nullInputStream(), silent.out())
                    .build()) {
                LineReaderBuilder.builder().terminal(dumb).build();
            }
        }
        if (NativeCrypto.provider().isPresent()) {
            System.out.println(NATIVE_CRYPTO_OPTIONS);
        }
        Path folder = Files.createTempDirectory("cairn-train");
        try {
            Program program = new Program(silent, Map.of(), folder, starter, LocalNode.verifier(), stops);
            if (!onlyFetch) {
                program.run("share", "--help");
                program.run("fetch");
                program.run(alone(folder.resolve("shell")));
            }
            fetch(program, folder, stops);
        } finally {
            delete(folder);
        }
        if (!onlyFetch) {
            new Demo(output, stops, starter, LocalNode.verifier()).run();
        }
        return 0;
    }

    /** Runs the most common command, a whole fetch, with text and with JSON output. */
    private void fetch(Program program, Path folder, Stops stops) throws CairnException, StoppedException, IOException {
        Path file = Files.writeString(folder.resolve("shared"), "what is shared for practice");
        NodeConfig config = NodeConfig.builder(folder.resolve("sharer"))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("train")
                .lan(false)
                .build();
        try (Node sharer = starter.start(config)) {
            String hash =
                    stops.await(sharer.share(file).completion()).share().hash().toString();
            String bootstrap = "127.0.0.1:" + sharer.info().port();
            for (List<String> told : List.of(List.of("--json"), List.<String>of())) {
                List<String> words = new ArrayList<>(List.of("fetch", hash, "-o", folder + "/to" + told.size() + "/"));
                words.addAll(List.of(alone(folder.resolve("fetcher"))));
                words.addAll(List.of("--bootstrap", bootstrap, "--network", "train"));
                words.addAll(told);
                program.run(words.toArray(String[]::new));
            }
        }
    }

    /** A separate node that is silent on the LAN. */
    private static String[] alone(Path data) {
        return new String[] {"--data-dir", data.toString(), "--port", "0", "--bind", "127.0.0.1", "--no-lan"};
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
