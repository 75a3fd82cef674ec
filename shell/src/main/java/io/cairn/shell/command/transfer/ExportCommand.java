package io.cairn.shell.command.transfer;

import io.cairn.app.CairnException;
import io.cairn.dht.id.Key;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.Paths;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a {@code .torrent} file. */
@Command(name = "export", description = "Write a .torrent file for a share or fetch; prints its path.")
public final class ExportCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(index = "0", paramLabel = "HASH", description = "The hash or name of a share or fetch.")
    private String hash = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "The file to write.")
    private String file = "";

    public ExportCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        Path target = Paths.toWrite(file);
        try (Session session = source.open()) {
            Key key = session.resolve(hash).hash();
            Path written = session.node().exportTorrent(key, target);
            session.output().data(Plain.line(written.toString()));
            session.output().json("exported", fields -> fields.text("hash", key).text("path", written));
            return 0;
        }
    }
}
