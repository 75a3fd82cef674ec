package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.LocalNode;
import io.cairn.dht.crypto.NativeCrypto;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Streams;
import io.cairn.shell.output.Style;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;

/**
 * Does what runs do, so that the launcher can keep the classes this loads in an archive that the next start maps into memory instead
 * of reading and checking them one by one. Prints what the launcher wants to know of this machine, and nothing else: the word native
 * where there is native cryptography.
 */
@Command(name = "train", hidden = true, description = "For the launcher: touch what a start needs.")
final class TrainCommand implements Callable<Integer> {
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
        Output output = new Output(silent, new Output.Format(true, false, 0, Style.PLAIN, false), () -> {});
        try (Terminal dumb = TerminalBuilder.builder()
                .dumb(true)
                .system(false)
                .streams(InputStream.nullInputStream(), silent.out())
                .build()) {
            LineReaderBuilder.builder().terminal(dumb).build();
        }
        Program program = new Program(silent, Map.of(), Path.of("."), starter, LocalNode.verifier(), stops);
        program.run("share", "--help");
        program.run("fetch");
        Path data = Files.createTempDirectory("cairn-train");
        program.run("--data-dir", data.toString(), "--port", "0", "--bind", "127.0.0.1", "--no-lan");
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        if (NativeCrypto.provider().isPresent()) {
            System.out.println("native");
        }
        new Demo(output, stops, starter, LocalNode.verifier()).run();
        return 0;
    }
}
