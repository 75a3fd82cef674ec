package io.cairn.shell.command.directory;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Services.Announced;
import io.cairn.app.Services.Announcement;
import io.cairn.app.Subscription;
import io.cairn.app.json.directory.ServiceJson;
import io.cairn.app.work.Work;
import io.cairn.dht.wire.Service;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.Stop;
import io.cairn.shell.session.StoppedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Announces a service, and stays as long as nobody else does. */
@Command(
        name = "announce",
        description = "Announce a service, so that discover finds it by what it can do; prints its ID.",
        footer = {
            "",
            "Example: cairn announce office --capability printer --endpoint ipp://10.0.0.9/",
            "It is announced until Ctrl-C, or for good if a daemon runs: then withdraw ID",
            "ends it. When its node dies, it is found no more after --ttl."
        })
public final class AnnounceCommand implements Callable<Integer> {
    /** How long the end waits for the withdrawal, in milliseconds. */
    private static final long WITHDRAWAL_MILLIS = 2_000;

    private final SessionSource source;

    @Parameters(paramLabel = "ID", description = "Names the service among those of this node.")
    private String id = "";

    @Option(
            names = "--capability",
            required = true,
            paramLabel = "NAME",
            description = "What it can do, in any case; one to eight. Repeatable, or separated by commas.")
    private List<String> capabilities = new ArrayList<>();

    @Option(names = "--endpoint", required = true, paramLabel = "URL", description = "Where programs reach it.")
    private String endpoint = "";

    @Option(names = "--meta", paramLabel = "KEY=VALUE", description = "Anything else about it. Repeatable.")
    private List<String> metadata = new ArrayList<>();

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            description = "How long it is found after its node has died: seconds, or as in 10m, 2h. Default: 10m.")
    private String ttl = "10m";

    @Option(names = "--foreground", description = "Stay and announce it until Ctrl-C, even if a daemon runs.")
    private boolean foreground;

    public AnnounceCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        Service service = service();
        int ttlSeconds = Ttl.seconds(ttl);
        try (Session session = source.openToStay()) {
            boolean isKept = source.isOneShot() && !foreground && session.isOfDaemon();
            Announcement announcement = new Announcement(service, ttlSeconds, isKept);
            Subscription successors = session.node().successors(next -> announceAgain(session, announcement));
            try {
                tell(
                        session.output(),
                        session.await(
                                "announce",
                                "storing the announcement",
                                session.node().services().announce(announcement)));
                if (!source.isOneShot() || isKept) {
                    return 0;
                }
                session.output().note("announced until Ctrl-C");
                Stop stop = session.stops().awaitStop();
                withdraw(session);
                return stop.exitCodeOfServer();
            } finally {
                successors.close();
            }
        } catch (StoppedException stopped) {
            if (source.isOneShot()) {
                return stopped.stop().exitCodeOfServer();
            }
            throw stopped;
        }
    }

    /** A node that takes the place of another does not know what that one announced only while it lived. */
    private static void announceAgain(Session session, Announcement announcement) {
        Work.watch(session.node().services().announce(announcement), "announcing the service again");
    }

    private void withdraw(Session session) {
        Announced unused = session.node()
                .services()
                .withdraw(id)
                .handle((former, failure) -> former)
                .completeOnTimeout(null, WITHDRAWAL_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private static void tell(Output output, Announced announced) {
        String id = Plain.line(announced.service().id());
        output.note("announced  " + id + "  stored on " + announced.storedOn() + "/" + announced.targets()
                + " nodes  ttl " + Ttl.text(announced.ttlSeconds())
                + (announced.targets() == 1 ? " (this one: no other is known yet)" : ""));
        output.data(id);
        output.json(ServiceJson.of(announced));
    }

    private Service service() throws CairnException {
        List<String> words = capabilities.stream()
                .flatMap(some -> Stream.of(some.split(",", -1)))
                .toList();
        try {
            return new Service(id, words, endpoint, metadata());
        } catch (IllegalArgumentException refused) {
            throw new CairnException(
                    Kind.USAGE,
                    "cannot announce " + id,
                    String.valueOf(refused.getMessage()),
                    "announce --help shows what a service has");
        }
    }

    private Map<String, String> metadata() {
        Map<String, String> entries = new LinkedHashMap<>();
        for (String entry : metadata) {
            int equals = entry.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("--meta takes KEY=VALUE, not " + entry);
            }
            entries.put(entry.substring(0, equals), entry.substring(equals + 1));
        }
        return entries;
    }
}
