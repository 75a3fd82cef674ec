package io.cairn.shell.command.node;

import io.cairn.app.CairnException;
import io.cairn.app.Operation;
import io.cairn.app.json.SearchJson;
import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.session.Names;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Looks up the providers of a share. */
@Command(name = "find", description = "List the peers that have a share: NODE, addresses and contact, one per line.")
public final class FindCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(paramLabel = "HASH", description = "A hash, link or name, or NAME@PUBLISHER; also the hash of a chunk.")
    private String hash = "";

    public FindCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        try (Session session = source.open()) {
            Output output = session.output();
            Key key = session.resolve(hash).hash();
            Operation<Provider, SearchReport> search = session.node().find(key);
            Names names = session.names();
            search.events(provider -> tell(output, key, provider, names));
            SearchReport report = session.await("lookup", "asking for providers", search.completion());
            output.note("asked " + Sizes.count(report.asked().size(), "node") + ", " + report.answered()
                    + " answered, " + Sizes.count(report.providers(), "provider") + ", "
                    + Sizes.duration(report.millis()));
            output.json(SearchJson.of(report));
            if (report.providers() == 0) {
                throw new CairnException(
                        CairnException.Kind.NO_PROVIDER,
                        "nobody is known to have " + key,
                        "asked " + Sizes.count(report.asked().size(), "node") + ", " + report.answered()
                                + " answered, none has a record of a provider",
                        "peers shows whom this node knows; connect HOST:PORT greets another one");
            }
            return 0;
        }
    }

    private static void tell(Output output, Key key, Provider provider, Names names) {
        output.data(provider.id() + "  "
                + provider.endpoints().stream().map(Endpoint::toString).collect(Collectors.joining(", "))
                + names.after(provider.id()));
        output.json(SearchJson.of(key, provider).ofContact(names.of(provider.id())));
    }
}
