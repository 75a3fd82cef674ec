package io.cairn.shell.command.directory;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Operation;
import io.cairn.app.Services;
import io.cairn.app.Services.Event;
import io.cairn.app.Services.ServiceQuery;
import io.cairn.app.json.directory.ServiceJson;
import io.cairn.dht.service.DiscoveryReport;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds services by what they can do. */
@Command(
        name = "discover",
        description =
                "Find services by what they can do: ID, endpoint, capabilities, publisher and metadata, one per line.",
        footer = {
            "",
            "Example: cairn discover printer colour",
            "With --watch, each line begins with found or gone: a service is gone when it",
            "is withdrawn, when its announcement ends, or when its node on the local",
            "network no longer answers."
        })
public final class DiscoverCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(
            arity = "1..*",
            paramLabel = "NAME",
            description = "A capability, in any case; the services found have all of them.")
    private List<String> capabilities = new ArrayList<>();

    @Option(names = "--watch", description = "Stay, and print what appears and what is gone, until Ctrl-C.")
    private boolean watch;

    public DiscoverCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        ServiceQuery query = query();
        try (Session session = source.open()) {
            Services services = session.node().services();
            Operation<Event, DiscoveryReport> search = watch ? services.watch(query) : services.discover(query);
            FoundServices found = new FoundServices(session.output(), session.names(), watch);
            search.events(found::tell);
            try {
                DiscoveryReport report = session.await("discover", "asking for services", search.completion());
                session.output()
                        .note("asked " + Sizes.count(report.asked(), "node") + ", " + report.answered()
                                + " answered, " + Sizes.count(report.services(), "service") + ", "
                                + Sizes.duration(report.millis()));
                session.output().json(ServiceJson.of(report));
                return 0;
            } finally {
                search.completion().cancel(false);
            }
        } catch (StoppedException stopped) {
            if (watch && source.isOneShot()) {
                return stopped.stop().exitCodeOfServer();
            }
            throw stopped;
        }
    }

    private ServiceQuery query() throws CairnException {
        try {
            return ServiceQuery.all(capabilities);
        } catch (IllegalArgumentException refused) {
            throw new CairnException(
                    Kind.USAGE,
                    "cannot look for such services",
                    String.valueOf(refused.getMessage()),
                    "name what they can do, one to eight words or texts");
        }
    }
}
